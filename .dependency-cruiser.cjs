/** Who may know whom. The parts, from the inside out: domain, workflows, activities, adapters, worker; library, gateway and scripts beside them. */
const own = [
  'domain',
  'workflows',
  'activities',
  'adapters',
  'library',
  'worker',
  'gateway',
  'dashboard',
  'scripts',
  'examples',
  'benchmarks',
  'test',
];

/** Paths of our own parts except those named. */
const partsBut = (...allowed) => `^(${own.filter((part) => !allowed.includes(part)).join('|')})/`;

/** Small and pure: mathematics only. */
const mathematics = '^node_modules/(simple-statistics|@stdlib)/';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('domain-is-pure', 'The core knows no other part.', { path: '^domain/' }, { path: partsBut('domain') }),
    forbid('domain-has-no-io', 'The core uses nothing of Node.', { path: '^domain/' }, { dependencyTypes: ['core'] }),
    forbid(
      'domain-has-no-drivers',
      'The core uses no package but a little mathematics: what reaches a workflow is loaded for each of them.',
      { path: '^domain/' },
      { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'], pathNot: mathematics },
    ),
    forbid(
      'workflows-know-the-domain',
      'Workflows know the core, and activities by type (test/shape.test.ts looks at the word "type": the parser used here drops it).',
      { path: '^workflows/' },
      { path: partsBut('domain', 'workflows', 'activities') },
    ),
    forbid('workflows-have-no-io', 'Nothing of Node exists in the sandbox.', { path: '^workflows/' }, { dependencyTypes: ['core'] }),
    forbid(
      'workflows-load-temporal-only',
      'Big packages are loaded for every cached workflow.',
      { path: '^workflows/' },
      {
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: `^node_modules/@temporalio/(workflow|common)/|${mathematics}`,
      },
    ),
    forbid(
      'activities-know-the-domain',
      'Activities reach the outside through ports.',
      { path: '^activities/' },
      { path: partsBut('domain', 'activities') },
    ),
    forbid(
      'activities-have-no-drivers',
      'Drivers belong to adapters; Temporal itself is what activities run on.',
      { path: '^activities/' },
      { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/@temporalio/(activity|client|common)/' },
    ),
    forbid(
      'adapters-know-the-domain',
      'Adapters know the core and each other.',
      { path: '^adapters/' },
      { path: partsBut('domain', 'adapters') },
    ),
    forbid(
      'adapters-know-no-temporal',
      'An adapter can be used without Temporal.',
      { path: '^adapters/' },
      { path: '^node_modules/@temporalio/' },
    ),
    forbid(
      'library-knows-domain-and-adapters',
      'What other programs import is small.',
      { path: '^library/' },
      { path: partsBut('domain', 'adapters', 'library') },
    ),
    forbid(
      'library-loads-no-server',
      'It is used without any server, so it loads nothing that talks to one.',
      { path: '^library/' },
      { path: '^node_modules/(@temporalio|undici|@aws-sdk)/|^adapters/(registry|router|serving|store/s3)/', reachable: true },
    ),
    forbid(
      'worker-is-below-scripts',
      'The composition does not know its users.',
      { path: '^worker/' },
      { path: partsBut('domain', 'workflows', 'activities', 'adapters', 'worker') },
    ),
    forbid(
      'gateway-stands-alone',
      'The data path goes on without everything else: it knows the shape of traffic and its own files.',
      { path: '^gateway/' },
      { path: `${partsBut('gateway', 'domain')}|^domain/(?!traffic/|identity/|language/)` },
    ),
    forbid(
      'gateway-knows-no-temporal',
      'The data path goes on without everything else.',
      { path: '^gateway/' },
      { path: '^node_modules/@temporalio/' },
    ),
    forbid(
      'nothing-knows-scripts',
      'Commands are used by people, not by the program.',
      { path: '^(?!scripts/|test/|benchmarks/)' },
      { path: '^scripts/' },
    ),
    forbid('nothing-knows-tests', 'Tests are not shipped.', { path: '^(?!test/|benchmarks/)' }, { path: '^test/' }),
    forbid('no-circles', 'Two files that need each other are one idea, or three.', {}, { circular: true }),
    forbid('everything-resolves', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'no-grab-bags',
      'A thing lives with what it is about.',
      {},
      { path: '^(?!node_modules).*/(utils?|helpers?|common|misc)(/|\\.[cm]?[jt]s$)' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
