// Has @vscode/test-electron run a suite, with the options given as JSON. A process of its own, so that it can be ended in time.
import { runTests } from '@vscode/test-electron';

process.exit(await runTests(JSON.parse(process.argv[2] ?? '{}')));
