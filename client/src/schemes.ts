import { packedScheme, sliceScheme } from '../../server/src/protocol.js';

/** Schemes of the documents that may join a log set; `git:` and `output:` documents are views of something else. */
export const schemes = ['file', 'untitled', 'vscode-vfs', packedScheme, sliceScheme] as const;
