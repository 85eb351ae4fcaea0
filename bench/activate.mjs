// Loads the client's stub and activates it as VS Code does, in a window that shows no Flink log; prints how long that took, in
// milliseconds. Argument: the stub's bundle.
import Module, { createRequire } from 'node:module';

/** Stands for everything in VS Code: any property, call and instance of it is itself, and it is empty. @type {unknown} */
const anything = new Proxy(Object, {
  get: (target, key) => {
    if (key === Symbol.iterator) return () => [].values();
    if (key === Symbol.toPrimitive) return () => '';
    // No promise, and a property that a class must keep.
    return key === 'then' || key === 'prototype' ? Reflect.get(target, key) : anything;
  },
  apply: () => anything,
  construct: () => /** @type {object} */ (anything),
});
const memory = { get: (/** @type {string} */ _key, /** @type {unknown} */ byDefault) => byDefault };

/** @typedef {(name: string, ...rest: unknown[]) => unknown} Load */
const loader = /** @type {{ _load: Load }} */ (/** @type {unknown} */ (Module));
const load = loader._load;
/** @type {Load} */
const loadWithVSCode = (name, ...rest) =>
  name === 'vscode' ? Object.create(/** @type {object} */ (anything)) : load(name, ...rest);
loader._load = loadWithVSCode;

const require = createRequire(import.meta.url);
const started = performance.now();
/** @type {{ activate(context: object): void }} */
const stub = require(process.argv[2] ?? '');
stub.activate({ extensionUri: anything, workspaceState: memory, subscriptions: [] });
console.log(performance.now() - started);
