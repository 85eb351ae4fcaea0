/** Names that logs and archives have. */
import { unpackedName } from '../scan/packedName.js';

/** `.log`, `.out`, `.err`, `.txt`, with what rolling appends, or no extension at all. */
const logName = /^[^.]+$|\.(?:log|out|err|txt)(?:[.-][\w.-]*)?$/i;
const archiveName = /\.(?:zip|tar|tar\.(?:gz|zst|bz2|xz)|tgz|tzst|tbz2|txz)$/i;

/** Whether a file of this name may hold others. */
export const isArchiveName = (name: string): boolean => archiveName.test(name);

/** Whether a file of this name is worth a look into it. */
export const isLogName = (name: string): boolean => logName.test(unpackedName(name)) && !isArchiveName(name);
