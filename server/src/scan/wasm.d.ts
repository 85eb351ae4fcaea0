/** A WebAssembly module, as base64: the build compiles it from `assembly/`. */
declare module '*.wasm' {
  const base64: string;
  export default base64;
}

/** What is used of the engine's WebAssembly, which belongs to no version of ECMAScript. */
declare namespace WebAssembly {
  type Module = object;
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module) => { readonly exports: unknown };
}
