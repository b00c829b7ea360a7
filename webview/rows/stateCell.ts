import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { currentState, type Row } from '../../src/model/select';
import { isFailure } from '../../src/model/selectPanel';
import type { ThreadState } from '../../src/model/states';
import type { Exit, Model, Thread } from '../../src/model/types';
import { shortExit, shortReasons, stateNames, tree } from '../strings';
import { swatch } from '../swatch';

/** `aside`: what else stands there where the state is its swatch only. */
export function stateCell(
  row: Row,
  model: Model,
  isShort: boolean,
  aside: TemplateResult | typeof nothing,
): TemplateResult {
  const content = stateContent(row, model);
  return html`<div role="gridcell" class="cell stateCell" title=${content?.title ?? ''}>
    ${
      content === null
        ? nothing
        : html`${swatch(content.state)}<span
              class=${classMap({ visuallyHidden: isShort, failure: content.failed })}
              >${content.text}</span
            >`
    }${aside}
  </div>`;
}

interface StateContent {
  readonly state: ThreadState;
  readonly text: string;
  readonly title: string;
  readonly failed: boolean;
}

function stateContent(row: Row, model: Model): StateContent | null {
  switch (row.kind) {
    case 'nativeThreads':
      return null;
    case 'thread':
      return threadState(row.thread, model);
    case 'process':
      if (row.process.end !== null) return ended(row.process.exit, isFailure(row.process.exit));
      return row.lane === null ? null : threadState(row.lane, model);
  }
}

function threadState(thread: Thread, model: Model): StateContent {
  if (thread.end !== null && thread.kind === 'worker') {
    const failed = thread.error !== null || isFailure(thread.exit);
    if (failed)
      return { ...ended(thread.exit, true), ...(thread.exit === null ? { text: tree.failed } : {}) };
  }
  const { state, reason } = currentState(model, thread);
  const why = state === 'blocked' || state === 'waiting' ? `: ${shortReasons[reason]}` : '';
  return { state, text: stateNames[state], title: `${stateNames[state]}${why}`, failed: false };
}

function ended(exit: Exit | null, failed: boolean): StateContent {
  return { state: 'terminated', text: shortExit(exit), title: stateNames.terminated, failed };
}
