/** What the operating system keeps of a thread. */
import { html, nothing, type TemplateResult } from 'lit';
import { nativeRolesOf } from '../../src/model/nativeThreads';
import type { ThreadFacts } from '../../src/model/systemTypes';
import type { Model, Process, Thread } from '../../src/model/types';
import { factTexts as texts, roleTexts, threadFactTexts as names } from '../factTexts';
import { formatAddress, formatBytes, formatClock, formatCount, printable } from '../format';
import type { PanelStore } from '../store';
import { stateNames } from '../strings';
import { absent, isRefused } from './absence';
import { factHeading, factList, type Fact } from './factList';
import type { FieldValue } from './fields';
import { affinityText, priorityText } from './schedulingFacts';

/** `title`: where it is not clear already which thread is meant. */
export function renderThreadBlock(
  store: PanelStore,
  thread: Thread,
  title: string | null = null,
): TemplateResult | typeof nothing {
  const { model } = store;
  const process = model.processes.get(thread.processId);
  if (process === undefined) return nothing;
  return html`<section>
    ${factHeading(title ?? texts.threadBlock, texts.threadBlockMeaning)}
    ${factList(store, [
      [names.role, thread.kind === 'native' ? roleValue(process, thread) : null],
      [names.sleepsIn, sleepsIn(model, process, thread)],
      ...systemFacts(model, process, thread),
    ])}
  </section>`;
}

function roleValue(process: Process, thread: Thread): FieldValue {
  const role = roleTexts[nativeRolesOf(process).get(thread) ?? 'other'];
  return html`${role.name} <span class="dim">${role.meaning}</span>`;
}

function sleepsIn(model: Model, process: Process, thread: Thread): FieldValue {
  const { last } = thread;
  if (last === null || thread.end !== null) return null;
  if (last.runnable !== null) return stateNames[last.runnable];
  if (last.systemCall !== null) return html`<code>${printable(last.systemCall)}</code>`;
  return isRefused(model, process, 'syscall') ? absent(model, process, ['syscall']) : null;
}

function systemFacts(model: Model, process: Process, thread: Thread): Fact[] {
  const { facts, last } = thread;
  const missing = (...sources: string[]): TemplateResult => absent(model, process, sources, thread.end);
  const lastCpu: Fact = [names.lastCpu, last?.cpuNumber == null ? null : texts.cpu(last.cpuNumber)];
  if (facts === null) {
    return [
      [names.priority, missing()],
      [names.affinity, missing('status')],
      lastCpu,
      [names.switches, missing('status')],
      [names.stackPointer, missing('syscall')],
    ];
  }
  return [
    [names.priority, priorityText(facts) ?? missing()],
    [names.affinity, affinityText(facts.affinity) ?? missing('status')],
    lastCpu,
    [names.switches, switchesText(facts) ?? missing('status')],
    [names.faults, faultsText(facts)],
    ...registers(model, process, thread, facts),
  ];
}

function switchesText({ voluntarySwitches, involuntarySwitches }: ThreadFacts): string | null {
  if (voluntarySwitches === null || involuntarySwitches === null) return null;
  return texts.switches(formatCount(voluntarySwitches), formatCount(involuntarySwitches));
}

function faultsText({ minorFaults, majorFaults }: ThreadFacts): string | null {
  if (minorFaults === null && majorFaults === null) return null;
  return texts.faults(formatCount(minorFaults ?? 0), formatCount(majorFaults ?? 0));
}

/** Of a moment at which it slept: while it runs they change with every instruction. */
function registers(model: Model, process: Process, thread: Thread, facts: ThreadFacts): Fact[] {
  const { stackPointer, programCounter, programCounterIn, stackSize, stackResident, time } = facts;
  const at = html`<span class="dim" title=${texts.asleepAt}
    >${texts.asOf(formatClock(time - (model.start ?? 0)))}</span
  >`;
  const refused = isRefused(model, process, 'syscall')
    ? absent(model, process, ['syscall'], thread.end)
    : null;
  return [
    [
      names.stackPointer,
      stackPointer === null ? refused : html`<code>${formatAddress(stackPointer)}</code> ${at}`,
    ],
    [
      names.programCounter,
      programCounter === null
        ? null
        : html`<code>${formatAddress(programCounter)}</code> ${
              programCounterIn === null
                ? nothing
                : html`${texts.inMapping} <code>${printable(programCounterIn)}</code>`
            }`,
    ],
    [names.stack, stackText(stackSize, stackResident)],
  ];
}

function stackText(size: number | null, resident: number | null): string | null {
  if (size === null) return null;
  return resident === null ? formatBytes(size) : texts.stackSize(formatBytes(resident), formatBytes(size));
}
