import type { TemplateResult } from 'lit';
import type { PanelStore } from '../store';
import { renderNativeThreads } from './nativeThreads';
import { renderProcess } from './processDetails';
import { renderRun } from './runSummary';
import { renderThread } from './threadDetails';

/** The Details tab: about whatever row is selected, or the whole run. */
export function renderDetails(store: PanelStore): TemplateResult {
  const row = store.selectedRow.value;
  switch (row?.kind) {
    case undefined:
      return renderRun(store);
    case 'process':
      return renderProcess(store, row.process);
    case 'thread':
      return renderThread(store, row.thread);
    case 'nativeThreads':
      return renderNativeThreads(store, row.process, row.threads);
  }
}
