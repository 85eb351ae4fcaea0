/** The one boundary between a feature and its answer: errors and cancellation become LSP answers here. */
import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';

/** A handler of a request. */
export type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R> | R;

/**
 * The handler, made safe: a failure is told to `report` and answered with `fallback`, a cancelled request with LSP's
 * RequestCancelled.
 */
export function guarded<P, R>(
  report: (error: unknown) => void,
  fallback: R,
  handler: Handler<P, R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    const isCancelled = (): boolean => token.isCancellationRequested;
    if (isCancelled()) return cancelled();
    try {
      const result = await handler(params, token);
      return isCancelled() ? cancelled() : result;
    } catch (error) {
      report(error);
      return fallback;
    }
  };
}

const cancelled = (): ResponseError<never> =>
  new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
