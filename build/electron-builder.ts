// What is in the app that people install, and what each system is told of it. One reason beside each choice.

import type { Configuration } from 'electron-builder';
import { fromRoot } from './paths.mjs';

export interface PackageOptions {
  readonly platform: NodeJS.Platform;
  readonly output: string;
  readonly icons: { readonly icns: string; readonly ico: string; readonly folder: string };
  /** An unpacked Electron to use; left out, its release is fetched. */
  readonly electron?: string | undefined;
  /** Left out: the app is not updated by itself. */
  readonly feed?: UpdateFeed | undefined;
  readonly signing: { readonly isSigned: boolean; readonly isNotarized: boolean };
}

export type UpdateFeed =
  | { readonly provider: 'generic'; readonly url: string }
  | { readonly provider: 'github'; readonly owner: string; readonly repo: string };

/**
 * By MUSHER_UPDATES: `https://…`, a folder of a server, or `owner/repository` of GitHub. Throws with what was expected: an app that looked
 * for updates in the wrong place would never find the one that mends it.
 */
export function feedOf(said: string | undefined): UpdateFeed | undefined {
  if (said === undefined || said === '') return undefined;
  if (/^https:\/\/[^\s]+$/.test(said)) return { provider: 'generic', url: said };
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(said) ?? [];
  if (owner !== undefined && repo !== undefined) return { provider: 'github', owner, repo };
  throw new Error(
    `MUSHER_UPDATES is ${JSON.stringify(said)}; expected an https:// address or owner/repository`,
  );
}

/** Everything else stays out: sources, tests, maps, pictures. Packages come by package.json's dependencies, less what is below. */
export const ownFiles = [
  ...['package.json', 'LICENSE', 'dist/THIRD-PARTY-NOTICES.txt', 'dist/sbom.cdx.json'],
  ...['dist/main/**/*.js', 'dist/preload/index.cjs', 'dist/renderer/**/*', 'dist/icons/*.png'],
  ...['main/demo/scripts/**/*', 'main/demo/shop/**/*', '!**/*.map'],
];

/** `platform` and `arch` as Node names them: `${platform}` of electron-builder has other names. */
function unneeded(platform: NodeJS.Platform): readonly string[] {
  const [sqlite, pty] = ['!node_modules/better-sqlite3', '!node_modules/@lydell'];
  return [
    // The sources of SQLite, and its builds for all other systems: 25 of 27 MB.
    ...['deps/**', 'src/**', 'binding.gyp'].map((name) => `${sqlite}/${name}`),
    `${sqlite}/prebuilds/!(${platform}-\${arch}.node)`,
    // Headers, for those who compile.
    '!node_modules/node-addon-api/**',
    // A build for both of Apple's processors has both installed.
    `${pty}/node-pty-!(${platform}-\${arch})/**`,
    `${pty}/*/prebuilds/*/*.pdb`,
    // The headless terminal is one file that is minified; beside it lie its sources.
    '!node_modules/@xterm/*/src/**',
    '!node_modules/**/{README.md,CHANGELOG.md,typings/**,*.d.ts,*.map,*.mts}',
  ];
}

/**
 * What is cut out of Electron's program itself, where the signature covers it and no environment brings it back.
 */
export const fuses = {
  // Kept: the terminal host has to outlive the app, with its agents, and Electron's own utility processes end with it; the
  // `musher` command of agents runs by it as well. Another Node inside would be 110 MB more. Whoever may start this program
  // with an environment of theirs may start any program already.
  runAsNode: true,
  // The page keeps no cookie: nothing to encrypt, and no keychain is asked for at the first start.
  enableCookieEncryption: false,
  // Otherwise NODE_OPTIONS of a shell loads foreign code into the app, in the name of its signature.
  enableNodeOptionsEnvironmentVariable: false,
  // `--inspect` opens a debugger to every program of this user.
  enableNodeCliInspectArguments: false,
  // Changed code does not start (macOS and Windows; nothing on Linux yet).
  enableEmbeddedAsarIntegrityValidation: true,
  // A folder `app` beside the archive would be loaded in its place, unchecked.
  onlyLoadAppFromAsar: true,
  // There is one snapshot; a second is for those who make their own.
  loadBrowserProcessSpecificV8Snapshot: false,
  // The page comes by a scheme of its own, never from a file.
  grantFileProtocolExtraPrivileges: false,
} as const;

export function packageConfig(options: PackageOptions): Configuration {
  const { platform, output, icons, electron, signing, feed } = options;
  return {
    // For ever: by it systems know settings, notifications and permissions again after an update.
    appId: 'app.musher.desktop',
    productName: 'Musher',
    directories: { output, buildResources: fromRoot('build') },
    files: [...ownFiles, ...unneeded(platform)],
    asar: { smartUnpack: false },
    // The system loads libraries and starts programs from real files alone; an agent's own Node reads the demo.
    asarUnpack: ['**/*.{node,dll,exe}', '**/spawn-helper', 'main/demo/**/*'],
    electronFuses: {
      ...fuses,
      resetAdHocDarwinSignature: platform === 'darwin' && !signing.isSigned,
    },
    // Native parts come built, by Node's stable interface: the same file runs under Node and Electron.
    npmRebuild: false,
    ...(electron !== undefined && { electronDist: electron }),
    // The page has no words in other languages: 40 MB of Chromium's own stay away.
    electronLanguages: ['en'],
    // Lets `musher://` links open the app.
    protocols: { name: 'Musher', schemes: ['musher'] },
    // Without spaces, for addresses and shells.
    artifactName: `musher-\${version}-\${os}-\${arch}.\${ext}`,
    // Where the app looks for newer versions of itself; who puts them there is the release workflow, with checksums over everything at
    // once. Without one it looks nowhere.
    publish: feed === undefined ? null : [feed],
    // So that a build of either channel says what it is by its version, and is found by whoever takes it.
    generateUpdatesFilesForAllChannels: true,
    ...systems({ icons, signing }),
  };
}

function systems({ icons, signing }: Pick<PackageOptions, 'icons' | 'signing'>): Configuration {
  return {
    mac: {
      icon: icons.icns,
      category: 'public.app-category.developer-tools',
      // Without an identity of our own, one for this machine alone: an unsigned program does not start on Apple's processors.
      identity: signing.isSigned ? undefined : '-',
      // Notarization asks for it; without a signature of ours it would refuse our own libraries.
      hardenedRuntime: signing.isSigned,
      entitlements: fromRoot('build/entitlements.mac.plist'),
      entitlementsInherit: fromRoot('build/entitlements.mac.plist'),
      notarize: signing.isNotarized,
    },
    win: { icon: icons.ico },
    nsis: {
      // For this user, without an administrator; who wants another folder may choose one.
      ...{ oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
      // What belongs to repositories is theirs, and browsers that are signed in may belong to the command as well.
      deleteAppDataOnUninstall: false,
    },
    linux: {
      icon: icons.folder,
      category: 'Development',
      executableName: 'musher',
      synopsis: 'A control center for teams of coding agents',
      maintainer: 'Musher',
      desktop: { entry: { StartupWMClass: 'Musher', Keywords: 'agents;git;terminal;' } },
    },
    // Agents work by git: it comes along, but whoever has one of their own is not held up. The other is for the tray.
    deb: { recommends: ['git', 'libappindicator3-1'] },
  };
}
