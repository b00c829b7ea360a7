/** What the operating system keeps of a process: the textbook's process control block. */
import { html, nothing, type TemplateResult } from 'lit';
import { processCores } from '../../src/model/cores';
import { recentCpuShare } from '../../src/model/processCpu';
import { processTitle } from '../../src/model/select';
import type { ListedThread } from '../../src/model/systemTypes';
import type { Model, Process } from '../../src/model/types';
import { factTexts as texts, kernelStates, processFactTexts as names } from '../factTexts';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  printable,
} from '../format';
import type { PanelStore } from '../store';
import { details } from './detailTexts';
import { absent } from './absence';
import { factHeading, factList, type Fact } from './factList';
import { subjectLink, type FieldValue } from './fields';
import { openFilesLimit, renderLimits } from './limits';
import { affinityText, priorityText } from './schedulingFacts';

export function renderProcessBlock(store: PanelStore, process: Process): TemplateResult {
  const { facts, threadList } = process;
  const zero = store.model.start ?? 0;
  return html`<section>
    ${factHeading(texts.processBlock, texts.processBlockMeaning)}
    ${factList(store, [...whose(store, process), ...systemFacts(store.model, process)])}
    ${threadList === null ? nothing : renderThreadList(threadList)}
    ${facts === null ? nothing : renderLimits(facts.limits)}
    ${facts === null ? nothing : html`<p class="dim">${texts.unchangedSince(formatClock(facts.time - zero))}</p>`}
  </section>`;
}

/** Known without the system's facts. */
function whose(store: PanelStore, process: Process): Fact[] {
  const native = process.threads.filter((thread) => thread.kind === 'native').length;
  const counted = process.isNode
    ? details.threadCounts(process.threads.length - native, native)
    : String(process.threads.length);
  return [
    [names.pid, String(process.pid)],
    [names.parent, parentLink(store, process)],
    [names.threads, process.cpuSamples.length > 0 ? listedThreads(process) : counted],
    [names.cpuShare, cpuLately(store.model, process)],
  ];
}

function parentLink(store: PanelStore, process: Process): FieldValue {
  const parent = process.parentId === null ? undefined : store.model.processes.get(process.parentId);
  if (parent === undefined) return details.noParent;
  return html`${subjectLink(store, parent.id, processTitle(parent))} <span class="dim">${parent.pid}</span>`;
}

function listedThreads({ facts, threadList, threads }: Process): string {
  return formatCount(threadList?.length ?? facts?.threads ?? threads.length);
}

function cpuLately(model: Model, process: Process): string | null {
  if (process.cpuSamples.length === 0) return null;
  const share = recentCpuShare(model, process);
  return share === null ? null : formatPercent(share);
}

function systemFacts(model: Model, process: Process): Fact[] {
  const { facts } = process;
  const missing = (...sources: string[]): TemplateResult => absent(model, process, sources);
  if (facts === null) {
    return [
      [names.state, missing()],
      [names.priority, missing()],
      [names.affinity, missing('status')],
      [names.openFiles, missing('limits')],
    ];
  }
  const { state, uid, group, session, cgroup, cpuLimit, memoryLimit } = facts;
  return [
    [names.state, state === null ? missing() : stateText(process, state)],
    [names.priority, priorityText(facts) ?? missing()],
    [names.affinity, affinityText(facts.affinity) ?? missing('status')],
    [names.cores, coresText(model, process)],
    [names.user, uid === null ? missing('status') : String(uid)],
    [names.group, group === null ? null : String(group)],
    [names.session, session === null ? null : String(session)],
    [names.openFiles, openFilesLimit(facts.limits) ?? missing('limits')],
    [names.cgroup, cgroup === null ? null : html`<code>${printable(cgroup)}</code>`],
    [names.cpuLimit, cpuLimit === null ? noLimit(cgroup) : texts.coresLimit(formatNumber(cpuLimit))],
    [names.memoryLimit, memoryLimit === null ? noLimit(cgroup) : formatBytes(memoryLimit)],
  ];
}

/** Without a control group there is nothing that could have a limit. */
function noLimit(cgroup: string | null): string | null {
  return cgroup === null ? null : texts.noLimit;
}

function stateText(process: Process, state: string): string {
  const letter = process.end === null ? state : 'X';
  return [printable(letter), kernelStates[letter]].filter(Boolean).join(' · ');
}

function coresText(model: Model, process: Process): string | null {
  const machine = model.run?.cores ?? null;
  const cores = processCores(process, machine);
  if (cores === null) return null;
  const count = formatNumber(cores.count);
  const limit = texts.coreLimits[cores.limitedBy];
  return `${machine === null ? count : texts.coresOf(count, String(machine))}, ${limit}`;
}

function renderThreadList(list: readonly ListedThread[]): TemplateResult {
  return html`<details>
    <summary>${texts.threadList(list.length)}</summary>
    <table class="figuresTable">
      <thead>
        <tr>
          <th scope="col">${texts.stateColumn}</th>
          <th scope="col">${details.cpuTime}</th>
        </tr>
      </thead>
      <tbody>
        ${list.map(
          ({ state, cpu }) =>
            html`<tr>
              <th scope="row">${printable(state)}</th>
              <td>${cpu === null ? details.unknown : formatDuration(cpu)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
