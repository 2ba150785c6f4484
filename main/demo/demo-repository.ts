/** The sample repository of the demo: a small web shop with a few commits, made anew each time. */
import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findDemoFolder } from './demo-folder.ts';

const execFileAsync = promisify(execFile);

interface Step {
  readonly message: string;
  readonly files: readonly string[];
}

const history: readonly Step[] = [
  {
    message: 'Start a shop with nine things to buy',
    files: ['package.json', 'data/products.json', 'src/catalog.js', 'test/catalog.test.js'],
  },
  {
    message: 'Add a cart that counts what is in it',
    files: ['src/cart.js', 'test/cart.test.js'],
  },
  {
    message: 'Add prices with VAT and a checkout',
    files: ['src/price.js', 'src/checkout.js', 'test/price.test.js'],
  },
  {
    message: 'Show the shop and the cart as pages',
    files: ['src/pages.js', 'src/server.js', 'public/style.css', 'README.md'],
  },
];

/** Local, so that agents can commit on a machine where git knows nobody, and never ask for a key. */
const settings: Readonly<Record<string, string>> = {
  'user.name': 'Robin Demo',
  'user.email': 'robin@example.com',
  'commit.gpgSign': 'false',
  'core.hooksPath': devNull,
  'core.autocrlf': 'false',
};

/** Makes the repository below `folder`, on branch `main`; gives its root. */
export async function makeDemoRepository(folder: string): Promise<string> {
  const root = join(folder, 'fjord-and-pine');
  const shop = join(await findDemoFolder(), 'shop');
  await mkdir(root, { recursive: true });
  const git = async (...args: string[]) => {
    await execFileAsync('git', args, { cwd: root, env: withoutGit(process.env) });
  };
  await git('init', '--quiet', '--initial-branch=main');
  for (const [name, value] of Object.entries(settings)) await git('config', name, value);
  await writeFile(join(root, '.gitignore'), 'node_modules/\n*.log\n');
  for (const { message, files } of history) {
    for (const file of files) await copy(join(shop, file), join(root, file));
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
  }
  return root;
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}

/** Started from a hook, say, git would work on the repository that these name. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
}
