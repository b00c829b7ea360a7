import { html, nothing, type TemplateResult } from 'lit';
import type { Limit } from '../../src/model/systemTypes';
import { factTexts as texts } from '../factTexts';
import { formatBytes, formatCount, printable } from '../format';
import type { FieldValue } from './fields';

const OPEN_FILES = /^max open files$/i;
const IN_BYTES = /size|memory|address space|resident set/i;

/** `1,024, at most 1,048,576`; null where it is not among the limits. */
export function openFilesLimit(limits: readonly Limit[]): FieldValue {
  const limit = limits.find(({ name }) => OPEN_FILES.test(name));
  return limit === undefined ? null : texts.softHard(valueOf(limit, limit.soft), valueOf(limit, limit.hard));
}

export function renderLimits(limits: readonly Limit[]): TemplateResult | typeof nothing {
  if (limits.length === 0) return nothing;
  return html`<details>
    <summary>${texts.allLimits(limits.length)}</summary>
    <table class="figuresTable">
      <thead>
        <tr>
          <th scope="col">${texts.limitColumn}</th>
          <th scope="col" title=${texts.softTitle}>${texts.softColumn}</th>
          <th scope="col" title=${texts.hardTitle}>${texts.hardColumn}</th>
        </tr>
      </thead>
      <tbody>
        ${limits.map(
          (limit) =>
            html`<tr>
              <th scope="row">${printable(limit.name)}</th>
              <td>${valueOf(limit, limit.soft)}</td>
              <td>${valueOf(limit, limit.hard)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

function valueOf({ name }: Limit, value: number | null): string {
  if (value === null) return texts.unlimited;
  return IN_BYTES.test(name) ? formatBytes(value) : formatCount(value);
}
