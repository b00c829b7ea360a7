import type { TemplateResult } from 'lit';
import { assertUnreachable } from '../../src/base/assertUnreachable';
import type { PanelStore } from '../store';
import { renderArrowWhy } from './arrowWhy';
import { renderIntervalWhy } from './intervalWhy';
import { renderNothingWhy } from './nothingWhy';
import { renderRangeWhy } from './rangeWhy';
import { whyState } from './whyState';

/** The Why tab: the selected interval, arrow or stretch of time, explained. */
export function renderWhy(store: PanelStore): TemplateResult {
  const subject = whyState(store).subject.value;
  switch (subject.kind) {
    case 'nothing':
      return renderNothingWhy(store, subject.longest);
    case 'interval':
      return renderIntervalWhy(store, subject.thread, subject.explanation);
    case 'range':
      return renderRangeWhy(store, subject.summary);
    case 'arrow':
      return renderArrowWhy(store, subject.arrow);
    default:
      return assertUnreachable(subject);
  }
}
