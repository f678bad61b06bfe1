import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Loaded, Page } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { recall } from '@/lib/memory';
import { useSession } from '@/lib/session';
import { type Text } from '@/lib/text';
import { draftOf, emptyDraft, nextRevision, type Draft } from './draft';
import { Editor } from './Editor';

const NEW: Text = ['新建工艺路线', 'New routing'];
const ROUTINGS: Text = ['工艺路线', 'Routings'];

/** The next revision of a routing, or a routing that is new. */
export function Component() {
  const [params] = useSearchParams();
  const code = params.get('code');
  const revision = params.get('revision');
  return code && revision ? (
    <NextRevision key={`${code} ${revision}`} code={code} revision={revision} />
  ) : (
    <NewRouting key={params.get('product')} product={params.get('product') ?? ''} />
  );
}

function NextRevision({ code, revision }: { code: string; revision: string }) {
  const base = useRead('/api/work-orders/routings/{code}/{revision}', { path: { code, revision } });
  const known = useRead('/api/work-orders/routings', { query: { search: code, size: 1000 } });
  const reading = {
    data: base.data && known.data && { base: base.data, known: known.data.items.filter(one => one.code === code) },
    error: base.error ?? known.error,
    isLoading: base.isLoading || known.isLoading,
    refetch: () => Promise.all([base.refetch(), known.refetch()]),
  };
  return (
    <Loaded reading={reading}>
      {data => (
        <Begun
          memory={`${code} ${revision}`}
          title={code}
          back={addressOf('/routings/one', {}, { code, revision })}
          base={data.base.revision}
          make={() =>
            draftOf(
              data.base,
              nextRevision(
                revision,
                data.known.map(one => one.revision),
              ),
            )
          }
        />
      )}
    </Loaded>
  );
}

const NewRouting = ({ product }: { product: string }) => (
  <Begun memory={`new ${product}`} title={NEW} back="/routings" base={null} make={() => emptyDraft(product)} />
);

interface BegunProps {
  memory: string;
  title: Text | string;
  back: string;
  base: string | null;
  make: () => Draft;
}

/** Begins with what was left unsaved, else anew. */
function Begun({ memory, title, back, base, make }: BegunProps) {
  const { subjectId } = useSession();
  const key = `draft.${subjectId} routing ${memory}`;
  const [begun] = useState(() => {
    const kept = recall<Draft | null>(key, null);
    const made = make();
    return { made, kept };
  });
  return (
    <Page title={title} back={{ to: back, name: base ? ([`版本 ${base}`, `Revision ${base}`] as Text) : ROUTINGS }}>
      <Editor memory={key} made={begun.made} kept={begun.kept} base={base} />
    </Page>
  );
}
