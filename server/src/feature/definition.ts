/** Go to definition: from an id to the line where its checkpoint was triggered, its attempt deployed, its job begun. */
import type { Location, Position } from 'vscode-languageserver-types';
import type { Fact } from '../checkpoint/model.js';
import { begins } from '../message/textOf.js';
import { inOrder } from '../text/evidence.js';
import { factsOf, subjectAt, type Subject } from './subject.js';
import { factLocation, type View } from './view.js';

/** Where the thing at the position begins; empty where nothing known stands there. `text` is the position's line. */
export function definition(view: View, position: Position, text: string): Location[] {
  const found = subjectAt(view, position, text);
  if (found === null) return [];
  const first = beginning(view, found.subject);
  return first === null ? [] : [factLocation(view, first)];
}

function beginning(view: View, subject: Subject): Fact | null {
  const facts = [...factsOf(view, subject)].sort(inOrder);
  const isBeginning = (fact: Fact): boolean => {
    const { event } = fact;
    switch (subject.kind) {
      case 'checkpoint':
        return event.message.kind === 'trigger' && event.message.logger === 'CheckpointCoordinator';
      case 'attempt':
        return begins(event, 'Deploying ') || begins(event, 'Received task ');
      case 'job':
        return event.message.kind === 'job-status';
    }
  };
  return facts.find(isBeginning) ?? facts[0] ?? null;
}
