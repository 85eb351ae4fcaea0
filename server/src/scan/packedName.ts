/** Names of compressed logs. */

const packedSuffix = /\.(?:gz|zst|bz2|xz)$/i;

/** Whether a file of this name is compressed. */
export const isPackedName = (name: string): boolean => packedSuffix.test(name);

/** The name that the file has once it is unpacked. */
export const unpackedName = (name: string): string => name.replace(packedSuffix, '');
