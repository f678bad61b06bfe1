import { Alert } from 'antd';
import { Value } from '@/components/Value';
import type { EquipmentSchemas } from '@/lib/api/generated';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const PENDING: Text = ['指标正在计算，稍后更新', 'Figures are being computed; they follow shortly'];

export type Figures = EquipmentSchemas['FiguresView'];
export type Ratio = 'availability' | 'effectiveness' | 'quality' | 'oee' | 'nee' | 'scrapRatio' | 'setupRatio';

/** Ratios of ISO 22400, a tile each. */
export function RatioTiles({ figures, ratios, isUpToDate }: { figures: Figures; ratios: readonly Ratio[]; isUpToDate: boolean }) {
  const t = useText();
  return (
    <>
      {!isUpToDate && <Alert type="info" showIcon title={t(PENDING)} />}
      <div className="tiles">
        {ratios.map(ratio => (
          <div className="tile" key={ratio}>
            <div className="muted">{t(nameOf(ratio))}</div>
            <div className="figure">
              <Value schema={{}} value={figures[ratio]} />
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
