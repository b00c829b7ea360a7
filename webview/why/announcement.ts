import type { PanelStore } from '../store';
import { formatDuration } from '../format';
import { arrowSentences } from './arrowSentences';
import { arrowTitle } from './arrowTitle';
import { explainSentences } from './explainSentences';
import { explanationTitle } from './explanationTitle';
import { threadName } from './naming';
import { plainText } from './sentence';
import { namingFor, whyState } from './whyState';
import { announceTexts as texts, whyTexts } from './whyTexts';

/** What is selected, in a sentence or two; empty where there is nothing to tell. */
export function announcement(store: PanelStore): string {
  const subject = whyState(store).subject.value;
  switch (subject.kind) {
    case 'nothing':
      return '';
    case 'range':
      return texts.range(formatDuration(subject.summary.to - subject.summary.from));
    case 'arrow': {
      if (subject.arrow === null) return '';
      const naming = namingFor(store, null);
      return `${arrowTitle(naming, subject.arrow)}. ${arrowSentences(naming, subject.arrow).map(plainText).join(' ')}`;
    }
    case 'interval': {
      const { explanation } = subject;
      // A row alone is told by the tree itself.
      if (explanation === null || store.selection.value?.time == null) return '';
      const naming = namingFor(store, explanation.thread.processId);
      const [sentence = []] = explainSentences(naming, explanation);
      const isEstimated = explanation.kind === 'life' && explanation.stretch.estimated;
      const known = isEstimated ? whyTexts.estimated : whyTexts.measured;
      const name = threadName(namingFor(store, null), explanation.thread);
      return texts.interval(explanationTitle(name, explanation), known, plainText(sentence));
    }
  }
}
