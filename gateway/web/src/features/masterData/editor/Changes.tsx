import { Select } from 'antd';
import { useState } from 'react';
import { useText, type Text } from '@/lib/text';
import { RoutingDifference } from '../RoutingDifference';
import { definitionOf, draftOf, type Draft, type RoutingView } from './draft';

const COMPARE: Text = ['对比版本', 'Compare with revision'];

/** What differs from a revision before: from the one that the draft follows, until another is chosen. */
export function Changes({ draft, known, base }: { draft: Draft; known: RoutingView[]; base: string | null }) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const other = known.find(one => one.revision === (chosen ?? base)) ?? known.at(-1)!;
  return (
    <section>
      <div className="bar">
        <label htmlFor="compare">{t(COMPARE)}</label>
        <Select
          id="compare"
          className="filter"
          value={other.revision}
          onChange={setChosen}
          options={known.map(one => ({ value: one.revision, label: one.revision }))}
        />
      </div>
      <RoutingDifference
        before={{ ...definitionOf(draftOf(other, '')), revision: other.revision }}
        after={{ ...definitionOf(draft), revision: draft.revision }}
      />
    </section>
  );
}
