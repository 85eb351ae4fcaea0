/** Answers requests, each behind the same guard: those of LSP, and the project's own. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { requests } from '../requestTypes.js';
import { answerDocumentRequests, answerLensRequests, answerPositionRequests } from './featureRequests.js';
import { answerLogSetRequests } from './logSetRequests.js';
import { createLookup } from './lookup.js';
import { readPacked, reasonOf } from './reading.js';
import type { Session } from './session.js';
import { answerSliceRequests } from './sliceRequests.js';
import { answerTokenRequests } from './tokenRequests.js';
import { answerViewRequests } from './viewRequests.js';

/** Most bytes of a packed log, once unpacked, that are shown as a document; VS Code's language features stop at 50 MB. */
const longestPacked = 256 * 1024 * 1024;

/** Registers the handlers of all language features and of the project's own requests. */
export function answerRequests(session: Session): void {
  const lookup = createLookup(session);
  answerPositionRequests(session, lookup);
  answerDocumentRequests(session, lookup);
  answerLensRequests(session, lookup);
  answerTokenRequests(session);
  answerLogSetRequests(session);
  answerViewRequests(session, lookup);
  answerSliceRequests(session, lookup);
  session.connection.onRequest(requests.packedText, ({ uri }) =>
    readPacked(session.files, uri, longestPacked).catch(
      (error: unknown) => new ResponseError(LSPErrorCodes.RequestFailed, reasonOf(error)),
    ),
  );
}
