import { html, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Ns } from '../../src/base/units';
import { recentCpuShare } from '../../src/model/processCpu';
import { cpuShare, type Row } from '../../src/model/select';
import { lifetimeCpuShare } from '../../src/model/selectPanel';
import type { Model } from '../../src/model/types';
import { formatPercent } from '../format';
import { tree } from '../strings';

export function cpuCell(row: Row, model: Model): TemplateResult {
  const { end } = lifeOf(row);
  const share = end === null ? shareNow(row, model) : lifetimeShare(row, model);
  return html`<div
    role="gridcell"
    class=${classMap({ cell: true, numberCell: true, dim: end !== null })}
    title=${end === null ? '' : tree.cpuEnded}
  >
    ${share === null ? '' : formatPercent(share)}
  </div>`;
}

function lifeOf(row: Row): { readonly start: Ns; readonly end: Ns | null } {
  return row.kind === 'thread' ? row.thread : row.process;
}

function shareNow(row: Row, model: Model): number | null {
  switch (row.kind) {
    case 'process':
      return recentCpuShare(model, row.process);
    case 'thread':
      return cpuShare(model, row.thread);
    case 'nativeThreads': {
      const shares = row.threads
        .filter((thread) => thread.end === null)
        .map((thread) => cpuShare(model, thread))
        .filter((share) => share !== null);
      return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0);
    }
  }
}

function lifetimeShare(row: Row, model: Model): number | null {
  const threads =
    row.kind === 'thread' ? [row.thread] : row.kind === 'process' ? row.process.threads : row.threads;
  // Nobody looked: that is not the same as nothing.
  if (threads.every((thread) => thread.last === null)) return null;
  return lifetimeCpuShare(model, lifeOf(row), threads);
}
