/** Bytes → lines, in encodings of two bytes a character: each line is read. */
import { createDecoder, type Decoder } from '../scan/encoding.js';
import type { LineSplitter } from '../scan/lines.js';
import { splitterOf, type Breaks } from '../scan/loneReturn.js';
import type { LineTarget } from './lineTarget.js';

/** Takes the bytes of a log of two bytes a character. */
export interface WideFeed {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly fork: (target: LineTarget) => WideFeed;
}

const bytesOfCharacter = 2;

/** Starts to feed a reader. */
export const createWideFeed = (target: LineTarget, breaks: Breaks = 'log'): WideFeed =>
  wideFeedFrom(target, createDecoder(), splitterOf(breaks));

function wideFeedFrom(target: LineTarget, decoder: Decoder, splitter: LineSplitter): WideFeed {
  const pushText = (text: string): void => {
    for (const line of splitter.push(text)) target.push(line, bytesOfCharacter * (line.length + 1));
  };
  return {
    push(bytes) {
      pushText(decoder.push(bytes));
    },
    end() {
      pushText(decoder.end());
      for (const line of splitter.end()) target.push(line, bytesOfCharacter * line.length);
    },
    fork: (other) => wideFeedFrom(other, decoder.fork(), splitter.fork()),
  };
}
