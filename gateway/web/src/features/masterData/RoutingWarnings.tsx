import { Alert } from 'antd';
import { useText, type Text } from '@/lib/text';
import type { RoutingView } from './editor/draft';

const WORDS: Readonly<Record<string, Text>> = {
  'equipment-not-found': ['工步 {step}：没有设备 {name}', 'Step {step}: there is no equipment {name} yet'],
  'equipment-retired': ['工步 {step}：设备 {name} 已报废', 'Step {step}: equipment {name} is retired'],
  'resource-not-found': ['工步 {step}：没有资源 {name}', 'Step {step}: there is no resource {name} yet'],
  'resource-too-small': ['工步 {step}：资源 {name} 的数量不够', 'Step {step}: there are too few of resource {name}'],
};
const OTHER: Text = ['工步 {step}：{name}', 'Step {step}: {name}'];
const TITLE: Text = ['可能有误，仍可保存', 'Probably wrong; it can be saved nevertheless'];

/** What is probably wrong in a routing, in words. */
export function RoutingWarnings({ warnings }: { warnings: RoutingView['warnings'] }) {
  const t = useText();
  if (warnings.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t(TITLE)}
      description={
        <ul className="tight">
          {warnings.map(one => (
            <li key={one.code + one.step + one.equipment + one.resource}>
              {t(WORDS[one.code] ?? OTHER, { step: one.step, name: one.equipment ?? one.resource ?? one.code })}
            </li>
          ))}
        </ul>
      }
    />
  );
}
