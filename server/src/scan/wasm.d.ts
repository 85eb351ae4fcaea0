/** A WebAssembly module, as base64: the build compiles it from `assembly/`. */
declare module '*.wasm' {
  const base64: string;
  export default base64;
}
