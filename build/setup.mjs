// `node build/setup.mjs start|test`: makes a fresh clone ready. npm runs it before start, test and bench.
// It has to parse on any Node that knows modules, so that an old one gets a clear line
// and not a syntax error: the steps are imported only after the version is known to be enough.

const oldestNode = 20;
const major = Number(process.versions.node.split('.')[0]);

if (major < oldestNode) {
  console.error(
    `musher: Node ${oldestNode} or newer is needed to set up, this is ${process.versions.node}. ` +
      'Install a newer one from https://nodejs.org and try again.',
  );
  process.exit(1);
} else {
  import('./setup-steps.mjs').then((steps) => steps.setUp(process.argv[2]));
}
