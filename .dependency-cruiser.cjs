/** The walls of the house (ARCHITECTURE.md): who may import whom. Each is named after what would be wrong, and is broken
 * once on purpose in `tests/walls.test.ts`. A pattern such as `^node:` would never bite: match the type `core`. */

const WINGS = 'procedures|correspondence|handbook|oversight|outreach'
const SERVICES = 'registry|papers|signatures|payments|spreadsheets|foreign-files|identity|audit|web'
const TEST = '[.]test[.]tsx?$'
/** A slice's law: its part names, and all of `law/` where the slice has that wing. */
const LAW = ['/(rules|states|route|decide|evolve|awaited)[.]ts$', '^src/procedures/[^/]+/law/']
/** A setting brings the schema of its values (zod) along. */
const NOT_LAW = ['[/-]settings[.]ts$', TEST]
const BROWSER = '[.]browser[.]tsx?$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Nobody imports in a ring, type-only imports included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-stands-on-nothing',
      comment: 'The kernel imports the kernel (and packages); everybody else stands on it.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/kernel/' },
    },
    {
      name: 'ui-knows-no-domain',
      comment: 'The design system imports the design system.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/', pathNot: '^src/ui/' },
    },
    {
      name: 'services-know-no-feature',
      comment:
        'Registry, papers, signatures, payments, spreadsheets, foreign files, identity, audit and the web door do not look up to what is built on them.',
      severity: 'error',
      from: { path: `^src/(${SERVICES})/` },
      to: { path: `^src/(${WINGS})/` },
    },
    {
      name: 'verifier-stands-alone',
      comment:
        'What verifies the log shares no code with what writes it: a fault of one would hide the fault of the other.',
      severity: 'error',
      from: { path: '^src/verify-log/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/verify-log/' },
    },
    {
      name: 'verifier-stands-alone',
      comment: 'Nor may it load more than the connection to the database and Node itself.',
      severity: 'error',
      from: { path: '^src/verify-log/', pathNot: TEST },
      to: { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(pg|@types)/' },
    },
    {
      name: 'verifier-stands-alone',
      comment: 'And nobody but its command and the one that proves a restored copy use it.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/verify-log/', '^src/app/commands/(verify-log|restore)[.]ts$', TEST],
      },
      to: { path: '^src/verify-log/' },
    },
    {
      name: 'slices-do-not-know-each-other',
      comment: 'A slice never imports another; events tie them together, in app/reactions.ts.',
      severity: 'error',
      from: { path: '^src/(procedures|correspondence|handbook|outreach)/([^/]+)/' },
      to: { path: `^src/(${WINGS})/[^/]+/`, pathNot: '^src/$1/$2/' },
    },
    {
      name: 'slices-do-not-know-each-other',
      comment: 'Nor do two slices of oversight know each other.',
      severity: 'error',
      from: { path: '^src/oversight/([^/]+)/' },
      to: { path: '^src/oversight/[^/]+/', pathNot: '^src/oversight/$1/' },
    },
    {
      name: 'oversight-only-reads',
      comment:
        'Oversight uses no states, routes or consequences of another wing: it looks and changes nothing.',
      severity: 'error',
      from: { path: '^src/oversight/' },
      to: { path: `^src/(${WINGS})/.*(states|routes|consequences)[.]ts$`, pathNot: '^src/oversight/' },
    },
    {
      name: 'only-app-knows-everybody',
      comment:
        'Nothing imports the roof but what starts the programs. Tests may, to play through the whole house.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/app/', '^src/main[.]', TEST] },
      to: { path: '^src/(app/|main[.])' },
    },
    {
      name: 'law-is-pure',
      comment:
        'Rules and states import no store, no view, no page, no connection and no package: they can be tested whole.',
      severity: 'error',
      from: { path: LAW, pathNot: NOT_LAW },
      to: {
        path: [
          '(^|/)node_modules/',
          '/(store|view|routes|consequences|papers|db|jobs)[.]ts$',
          '[.]tsx$',
          '^src/(app|ui)/',
        ],
      },
    },
    {
      name: 'law-is-pure',
      comment: 'The wing law/ stands on the kernel and on itself: the rest of its slice stands on it.',
      severity: 'error',
      from: { path: '^src/procedures/([^/]+)/law/', pathNot: TEST },
      to: { path: '^src/', pathNot: ['^src/kernel/', '^src/procedures/$1/law/'] },
    },
    {
      name: 'law-asks-no-machine',
      comment: "Rules and states import none of Node's own modules: no clock, no chance, no file.",
      severity: 'error',
      from: { path: LAW, pathNot: NOT_LAW },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pages-only-show',
      comment: 'A page is a pure function of its view: it imports no store, routes or states.',
      severity: 'error',
      from: { path: '[.]tsx$', pathNot: TEST },
      to: { path: '/(store|routes|states)[.]ts$' },
    },
    {
      name: 'pages-only-show',
      comment: "Nor does a page import any of Node's own modules.",
      severity: 'error',
      from: { path: '[.]tsx$', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-code-is-alone',
      comment: 'What runs in the browser imports only contracts and other browser code.',
      severity: 'error',
      from: { path: BROWSER },
      to: { pathNot: [BROWSER, '/contract[.]ts$'] },
    },
    {
      name: 'browser-code-is-alone',
      comment: 'And nothing that runs on the server imports browser code.',
      severity: 'error',
      from: { pathNot: [BROWSER, TEST] },
      to: { path: BROWSER },
    },
    {
      name: 'what-runs-is-shipped',
      comment:
        'Programs use packages that `npm start` installs: none of the test tools, none that came by chance.',
      severity: 'error',
      from: { path: '^src/', pathNot: [TEST] },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
