import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber } from 'antd';
import { Lookup } from '@/components/Lookup';
import { SOURCES } from '@/lib/lookups';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import type { Need, Step } from './draft';
import { Wrong } from './parts';

const RESOURCES: Text = ['人员技能、工装与模具', 'Skills, tools and moulds'];
const HELP: Text = ['加工期间另外占用的资源', 'What it needs beside its equipment while it runs'];
const ADD: Text = ['添加资源', 'Add a resource'];
const REMOVE: Text = ['移除资源 {number}', 'Remove resource {number}'];
const QUANTITY_MAX = 10_000;

interface ResourcesSheetProps {
  step: Step;
  error?: Text;
  set: (change: Partial<Step>, member?: string) => void;
}

/** What a step needs beside its equipment. */
export function ResourcesSheet({ step, error, set }: ResourcesSheetProps) {
  const t = useText();
  const change = (index: number, values: Partial<Need>) =>
    set({ resources: step.resources.map((need, i) => (i === index ? { ...need, ...values } : need)) }, `resource.${index}`);
  return (
    <>
      <h2>{t(RESOURCES)}</h2>
      <p className="muted small">{t(HELP)}</p>
      {step.resources.map((need, index) => (
        <div className="need-row" key={index}>
          <Lookup
            source={SOURCES.resource!}
            label={t(nameOf('resource'))}
            value={need.resource}
            onChange={resource => change(index, { resource: resource ?? '' })}
          />
          <InputNumber
            aria-label={t(nameOf('quantity'))}
            min={1}
            max={QUANTITY_MAX}
            precision={0}
            value={need.quantity}
            onChange={quantity => change(index, { quantity: quantity ?? 1 })}
          />
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t(REMOVE, { number: index + 1 })}
            onClick={() => set({ resources: step.resources.filter((_, i) => i !== index) })}
          />
        </div>
      ))}
      <Wrong error={error} />
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => set({ resources: [...step.resources, { resource: '', quantity: 1 }] })}>
        {t(ADD)}
      </Button>
    </>
  );
}
