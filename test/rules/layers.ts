// Who may import whom: `contract <- base <- hub <- features <- broker, bridge <- compose`.

import { posix } from 'node:path';
import { featureContracts } from '../../preload/contract/features.ts';
import type { Breach, SourceFile } from './source-file.ts';
import { isNode, lineOf, nameOf, parseFile, type SyntaxNode, stringOf, walk } from './syntax.ts';

export interface Import {
  specifier: string;
  isDynamic: boolean;
  line: number;
}

interface Layer {
  name: string;
  holds: RegExp;
  /** Own layers it may import, besides itself. */
  layers: string[];
  packages: RegExp;
}

const pure = ['contract', 'base', 'hub'];
const hosts = [...pure, 'features', 'broker', 'bridge'];
const zodOnly = /^zod$/;
const nothingOfNode =
  /^(?!node:|electron$|fastify$|@fastify\/|ws$|pino$|commander$|better-sqlite3$|simple-git$|chokidar$|node-pty$)/;

/** The first that holds a file is its layer. */
const layers: Layer[] = [
  // Widths of characters are a table, and host and page must have the same.
  {
    name: 'contract',
    holds: /^preload\/contract\//,
    layers: [],
    packages: /^(zod|get-east-asian-width)$/,
  },
  { name: 'preload', holds: /^preload\/[^/]+$/, layers: ['contract'], packages: /^electron$/ },
  { name: 'base', holds: /^main\/base\//, layers: ['contract'], packages: zodOnly },
  { name: 'hub', holds: /^main\/hub\//, layers: ['contract', 'base'], packages: zodOnly },
  {
    name: 'features',
    holds: /^main\/features\//,
    layers: pure,
    packages: /^(zod|picomatch\/posix\.js|croner)$/,
  },
  {
    name: 'terminal-host',
    holds: /^main\/terminal-host\//,
    layers: ['contract', 'base', 'features'],
    packages: /^(node:.*|node-pty|@xterm\/.*)$/,
  },
  {
    name: 'adapters',
    holds: /^main\/adapters\//,
    layers: [...pure, 'features', 'terminal-host'],
    packages:
      /^(node:.*|better-sqlite3|simple-git|chokidar|smol-toml|toml-eslint-parser|yaml|image-size|pino|zod|@marcbachmann\/cel-js|electron-updater|ws|yjs|lib0\/.*|@hocuspocus\/.*)$/,
  },
  {
    name: 'broker',
    holds: /^main\/broker\//,
    layers: [...pure, 'features'],
    packages: /^(node:.*|fastify|@fastify\/.*|@modelcontextprotocol\/.*|ws|zod|pino)$/,
  },
  {
    name: 'bridge',
    holds: /^main\/bridge\//,
    layers: [...pure, 'features'],
    packages: /^(node:.*|electron|ws|zod)$/,
  },
  {
    name: 'compose',
    holds: /^main\/compose\//,
    layers: [...hosts, 'adapters', 'terminal-host'],
    packages: /^(node:.*|pino)$/,
  },
  {
    name: 'cli',
    holds: /^main\/(cli\.ts$|cli\/)/,
    layers: ['contract', 'base'],
    packages: /^(node:.*|commander|zod)$/,
  },
  // Plays the outside world: it makes a repository and scripts that know the hub by its doors alone.
  { name: 'demo', holds: /^main\/demo\//, layers: pure, packages: /^node:/ },
  {
    name: 'entry',
    holds: /^main\/[^/]+\.ts$/,
    layers: [...hosts, 'compose', 'demo'],
    packages: /^(node:.*|electron|pino)$/,
  },
  { name: 'renderer', holds: /^renderer\//, layers: ['contract'], packages: nothingOfNode },
  { name: 'build', holds: /^build\//, layers: ['test'], packages: /^/ },
  { name: 'test', holds: /^test\//, layers: [], packages: /^/ },
];

/** All that there are, so that a feature that comes later is held to it as well. */
const features: ReadonlySet<string> = new Set(featureContracts.map(({ name }) => name));
const deepest = 3;

export function checkLayers(file: SourceFile): Breach[] {
  const { path } = file;
  const layer = layerOf(path);
  if (!layer) {
    const mend = 'Move it into a layer of design section 3, or give its folder a row in layers.ts';
    return [{ path, rule: 'this file belongs to no layer', mend }];
  }
  const breaches = findImports(file).flatMap((found) => {
    const rule = refusalOf(path, layer, found);
    return rule ? [{ path, line: found.line, ...rule }] : [];
  });
  // The file's own name and the top-level folder do not count.
  if (path.split('/').length - 2 > deepest) {
    const mend = 'Flatten: a tree is read whole when it is at most three folders deep';
    breaches.push({ path, line: 1, rule: `deeper than ${deepest} folders`, mend });
  }
  return breaches;
}

export function findImports(file: SourceFile): Import[] {
  const found: Import[] = [];
  walk(parseFile(file), (node) => {
    const specifier = stringOf(specifierOf(node));
    if (specifier === undefined) return;
    const isDynamic = node.type === 'ImportExpression';
    found.push({ specifier, isDynamic, line: lineOf(file.text, node.start) });
  });
  return found;
}

function specifierOf(node: SyntaxNode): unknown {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source;
    case 'CallExpression':
      return nameOf(node.callee) === 'require' ? (node.arguments as unknown[])[0] : undefined;
    case 'TSExternalModuleReference':
      return isNode(node.expression) ? node.expression : undefined;
    default:
      return undefined;
  }
}

type Rule = Pick<Breach, 'rule' | 'mend'>;

function refusalOf(path: string, layer: Layer, { specifier, isDynamic }: Import): Rule | undefined {
  if (!specifier.startsWith('.')) return packageRefusal(layer, specifier);
  const target = posix.join(posix.dirname(path), specifier);
  const other = layerOf(target);
  if (!other) return { rule: `imports ${target}, which is in no layer`, mend: 'Import a layer' };
  const isCliHost = layer.name === 'cli' && isDynamic && /^(compose|entry)$/.test(other.name);
  if (other.name !== layer.name && !layer.layers.includes(other.name) && !isCliHost) {
    return {
      rule: `${layer.name} imports ${other.name} (${target})`,
      mend: `It may import ${['itself', ...layer.layers].join(', ')}: declare an interface here and let main/compose pass the thing in`,
    };
  }
  return featureRefusal(path, layer, target) ?? frameRefusal(layer, target);
}

function packageRefusal(layer: Layer, specifier: string): Rule | undefined {
  if (layer.packages.test(specifier)) return undefined;
  return {
    rule: `${layer.name} imports the package ${specifier}`,
    mend: 'Reach it through a port that an adapter implements, or allow it in layers.ts with a reason',
  };
}

/** A feature is entered by its index.ts; whoever implements its ports sees these as well. */
function featureRefusal(path: string, layer: Layer, target: string): Rule | undefined {
  const [, side, name, inside] = /^(main|renderer)\/features\/([^/]+)\/(.+)$/.exec(target) ?? [];
  if (name === undefined || path.startsWith(`${side}/features/${name}/`)) return undefined;
  if (side === 'renderer' && /^renderer\/(shell|ui|hub)\//.test(path)) {
    return {
      rule: `the page's frame knows the feature ${name} by name (${target})`,
      mend: 'Let the feature hand in what the frame shows, by renderer/shell/view.ts',
    };
  }
  if (inside === 'index.ts' || (inside === 'ports.ts' && layer.name !== 'features')) {
    return undefined;
  }
  return {
    rule: `reaches inside the feature ${name} (${target})`,
    mend: `Import ${side}/features/${name}/index.ts, or dispatch its command`,
  };
}

/** The frame would have to change for each feature that it names, even when only by its contract. */
function frameRefusal(layer: Layer, target: string): Rule | undefined {
  const [, name] = /^preload\/contract\/([^/]+)\.ts$/.exec(target) ?? [];
  if (!/^(base|hub)$/.test(layer.name) || name === undefined || !features.has(name))
    return undefined;
  return {
    rule: `${layer.name} knows the feature ${name} by name (${target})`,
    mend: 'Let the feature hand in what the frame needs, by main/hub/feature.ts',
  };
}

function layerOf(path: string): Layer | undefined {
  return layers.find((layer) => layer.holds.test(path));
}
