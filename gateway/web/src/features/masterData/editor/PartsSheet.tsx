import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select, Switch } from 'antd';
import { useEffect } from 'react';
import { Lookup } from '@/components/Lookup';
import { read } from '@/lib/api/client';
import { SOURCES } from '@/lib/lookups';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { newPart, type Part, type Substitute } from './draft';
import { setPart } from './edits';
import { Wrong } from './parts';
import type { SheetProps } from './StepSheet';

const NONE: Text = ['还没有物料：什么都不投入。', 'Nothing goes in yet.'];
const ADD: Text = ['添加物料', 'Add a component'];
const REMOVE: Text = ['移除 {material}', 'Remove {material}'];
const ADD_SUBSTITUTE: Text = ['添加替代料', 'Add a substitute'];
const ACTIONS: Text = ['操作', 'Actions'];
const ANY_STEP: Text = ['不指定', 'not said'];
const PER_PIECE: Text = ['每件产品的用量', 'Quantity per piece of the product'];

/** What goes in: material, how much for a piece, and where. */
export function PartsSheet({ draft, errors, apply }: SheetProps) {
  const t = useText();
  return (
    <section className="sheet padded">
      {draft.parts.length === 0 ? (
        <p className="muted">{t(NONE)}</p>
      ) : (
        <table className="plain edit-rows">
          <thead>
            <tr>
              <th>{t(nameOf('material'))}</th>
              <th>{t(PER_PIECE)}</th>
              <th>{t(nameOf('unit'))}</th>
              <th>{t(nameOf('step'))}</th>
              <th>{t(nameOf('isBackflushed'))}</th>
              <th>{t(nameOf('substitutes'))}</th>
              <th>
                <span className="hidden">{t(ACTIONS)}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {draft.parts.map((part, index) => (
              <Row key={part.key} {...{ part, index, draft, errors, apply }} />
            ))}
          </tbody>
        </table>
      )}
      <Wrong error={errors.components} />
      <Button size="small" icon={<PlusOutlined />} onClick={() => apply(now => ({ ...now, parts: [...now.parts, newPart()] }))}>
        {t(ADD)}
      </Button>
    </section>
  );
}

function Row({ part, index, draft, errors, apply }: SheetProps & { part: Part; index: number }) {
  const t = useText();
  const wrong = (member: string) => errors[`components[${index}].${member}`];
  const set = (change: Partial<Part>, member?: string) => apply(setPart(part.key, change), member && `${part.key}.${member}`);
  const unit = useUnitOf(part.material);
  useEffect(() => {
    if (unit && part.unit === '') set({ unit }, 'material');
  }, [unit]); // eslint-disable-line react-hooks/exhaustive-deps -- only when another material is known
  return (
    <tr>
      <td>
        <Lookup
          source={SOURCES.material!}
          label={t(nameOf('material'))}
          value={part.material}
          onChange={material => set({ material: material ?? '', ...(material ? {} : { unit: '' }) }, 'material')}
        />
        <Wrong error={wrong('material')} />
      </td>
      <td>
        <InputNumber
          className="full"
          aria-label={t(PER_PIECE)}
          min={0}
          value={part.quantityPerUnit}
          status={wrong('quantityPerUnit') && 'error'}
          onChange={quantityPerUnit => set({ quantityPerUnit }, 'quantity')}
        />
        <Wrong error={wrong('quantityPerUnit')} />
      </td>
      <td>
        <Lookup
          source={SOURCES.unit!}
          label={t(nameOf('unit'))}
          value={part.unit}
          onChange={value => set({ unit: value ?? '' }, 'unit')}
        />
        <Wrong error={wrong('unit')} />
      </td>
      <td>
        <Select
          className="full"
          aria-label={t(nameOf('step'))}
          allowClear
          placeholder={t(ANY_STEP)}
          value={part.step}
          onChange={step => set({ step: step ?? null, ...(step ? {} : { isBackflushed: false }) })}
          options={draft.steps.map(step => ({ value: step.key, label: step.code }))}
        />
        <Wrong error={wrong('step')} />
      </td>
      <td>
        <Switch
          aria-label={t(nameOf('isBackflushed'))}
          disabled={part.step === null}
          checked={part.isBackflushed}
          onChange={isBackflushed => set({ isBackflushed })}
        />
      </td>
      <td>
        <Substitutes of={part} set={substitutes => set({ substitutes }, 'substitutes')} />
        <Wrong error={wrong('substitutes')} />
      </td>
      <td className="row-tools">
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t(REMOVE, { material: part.material || index + 1 })}
          onClick={() => apply(now => ({ ...now, parts: now.parts.filter(one => one.key !== part.key) }))}
        />
      </td>
    </tr>
  );
}

/** What may be used in place of a component, and how much of it for one. */
function Substitutes({ of: { substitutes }, set }: { of: Part; set: (substitutes: Substitute[]) => void }) {
  const t = useText();
  const change = (at: number, to: Partial<Substitute>) =>
    set(substitutes.map((one, index) => (index === at ? { ...one, ...to } : one)));
  return (
    <>
      {substitutes.map((one, index) => (
        <div key={index} style={{ display: 'flex', gap: 4, minWidth: 280 }}>
          <Lookup
            source={SOURCES.material!}
            label={t(nameOf('material'))}
            value={one.material}
            onChange={material => change(index, { material: material ?? '' })}
          />
          <InputNumber
            aria-label={t(nameOf('ratio'))}
            prefix="×"
            min={0}
            value={one.ratio}
            onChange={ratio => change(index, { ratio: ratio ?? 0 })}
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t(REMOVE, { material: one.material || index + 1 })}
            onClick={() => set(substitutes.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        aria-label={t(ADD_SUBSTITUTE)}
        onClick={() => set([...substitutes, { material: '', ratio: 1 }])}
      />
    </>
  );
}

/** The unit in which a material is counted; nothing while it is not known. */
function useUnitOf(material: string): string | undefined {
  const found = useQuery({
    queryKey: ['/api/inventory/materials', 'unit', material],
    queryFn: () => read('/api/inventory/materials', { query: { search: material, size: 10 } }),
    enabled: material !== '',
    staleTime: 30_000,
  });
  return found.data?.items.find(one => one.code === material)?.unit;
}
