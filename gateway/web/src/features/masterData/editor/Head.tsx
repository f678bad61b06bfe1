import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { Lookup } from '@/components/Lookup';
import { SOURCES } from '@/lib/lookups';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { nextRevision } from './draft';
import { Labelled } from './parts';
import type { SheetProps } from './StepSheet';

const TAKE: Text = ['用 {revision}', 'Take {revision}'];
const AT_ONCE: Text = ['立即', 'at once'];
const TIME_FORMATS = ['YYYY-MM-DD HH:mm', 'YYYY-MM-DD'];

/** What is defined: routing, revision, product, and from when on it holds. */
export function Head({ draft, errors, apply, known, isNew }: SheetProps & { known: string[]; isNew: boolean }) {
  const t = useText();
  const next = nextRevision(draft.revision, known);
  return (
    <div className="sheet padded editor-head">
      {isNew && (
        <Labelled label={nameOf('product')} error={errors.product}>
          <Lookup
            source={SOURCES.product!}
            label={t(nameOf('product'))}
            value={draft.product}
            onChange={product =>
              apply(
                now => ({ ...now, product: product ?? '', code: now.code === now.product ? (product ?? '') : now.code }),
                'product',
              )
            }
          />
        </Labelled>
      )}
      {isNew && (
        <Labelled label={nameOf('routing')} id="routing-code" error={errors.code}>
          <Input
            id="routing-code"
            maxLength={100}
            value={draft.code}
            onChange={event => apply(now => ({ ...now, code: event.target.value }), 'code')}
          />
        </Labelled>
      )}
      <Labelled
        label={nameOf('revision')}
        id="revision"
        error={errors.revision}
        help={
          known.includes(draft.revision) && (
            <Button type="link" size="small" className="tight-link" onClick={() => apply(now => ({ ...now, revision: next }))}>
              {t(TAKE, { revision: next })}
            </Button>
          )
        }>
        <Input
          id="revision"
          maxLength={100}
          value={draft.revision}
          status={errors.revision && 'error'}
          onChange={event => apply(now => ({ ...now, revision: event.target.value }), 'revision')}
        />
      </Labelled>
      <Labelled label={nameOf('effectiveFrom')} id="effective-from" error={errors.effectiveFrom}>
        <DatePicker
          id="effective-from"
          className="full"
          showTime={{ format: 'HH:mm' }}
          format={TIME_FORMATS}
          needConfirm={false}
          placeholder={t(AT_ONCE)}
          value={draft.effectiveFrom ? dayjs(draft.effectiveFrom) : null}
          onChange={day => apply(now => ({ ...now, effectiveFrom: day ? day.toISOString() : null }))}
        />
      </Labelled>
    </div>
  );
}
