import { number, useText, type Text } from '@/lib/text';
import type { Characteristic, Inspection } from '../api';
import { placeOf, toneOf, valueOf, type Found, type Tone } from '../checking';

const LABEL: Text = ['检验项', 'Characteristics'];
const TONES: Readonly<Record<Tone, Text>> = {
  within: ['✔ 合格', '✔ Within limits'],
  near: ['▲ 接近界限', '▲ Near a limit'],
  out: ['✖ 超差', '✖ Out of limits'],
};
const OK: Text = ['✔ 合格', '✔ OK'];
const NOT_OK: Text = ['✖ 不合格', '✖ Not OK'];
const NOMINAL: Text = ['公称 {nominal}', 'Nominal {nominal}'];
const BETWEEN: Text = ['{lower} – {upper} {unit}', '{lower} to {upper} {unit}'];
const AT_LEAST: Text = ['≥ {lower} {unit}', 'at least {lower} {unit}'];
const AT_MOST: Text = ['≤ {upper} {unit}', 'at most {upper} {unit}'];

interface Props {
  plan: Inspection['plan'];
  sample: number;
  found: Found;
  /** Which of them is typed at. */
  at: number;
  onChoose: (at: number) => void;
  onLook: (code: string, text: string) => void;
}

/** All that is to be found at one piece: what is measured is chosen and typed, what is looked at has two keys. */
export function Characteristics({ plan, sample, found, at, onChoose, onLook }: Props) {
  const t = useText();
  return (
    <div className="characteristics" role="group" aria-label={t(LABEL)}>
      {plan.characteristics.map((of, place) => {
        const text = found[placeOf(sample, of.code)]?.text ?? '';
        return of.type === 'Variable' ? (
          <Measured key={of.code} {...{ of, text }} isChosen={place === at} onChoose={() => onChoose(place)} />
        ) : (
          <Looked key={of.code} {...{ of, text }} onLook={conforms => onLook(of.code, conforms)} />
        );
      })}
    </div>
  );
}

function Measured({
  of,
  text,
  isChosen,
  onChoose,
}: {
  of: Characteristic;
  text: string;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const t = useText();
  const value = valueOf(text);
  const tone = value === null ? null : toneOf(of, value);
  return (
    <button
      type="button"
      className={`characteristic ${tone ?? ''}`}
      data-characteristic={of.code}
      aria-pressed={isChosen}
      onClick={onChoose}>
      <span className="what">
        <strong>{of.name}</strong>
        <Limits of={of} />
      </span>
      <span className="value">
        <strong>{text || '–'}</strong>
        <span className="tone">{tone && t(TONES[tone])}</span>
      </span>
    </button>
  );
}

function Limits({ of: { nominal, lowerLimit, upperLimit, unit } }: { of: Characteristic }) {
  const t = useText();
  const lower = lowerLimit == null ? null : number(lowerLimit);
  const upper = upperLimit == null ? null : number(upperLimit);
  const values = { lower: lower ?? '', upper: upper ?? '', unit: unit ?? '' };
  return (
    <span className="limits">
      {nominal != null && <>{t(NOMINAL, { nominal: number(nominal) })} · </>}
      {t(lower === null ? AT_MOST : upper === null ? AT_LEAST : BETWEEN, values)}
    </span>
  );
}

function Looked({ of, text, onLook }: { of: Characteristic; text: string; onLook: (conforms: 'true' | 'false') => void }) {
  const t = useText();
  const key = (conforms: 'true' | 'false', word: Text) => (
    <button type="button" data-conforms={conforms} aria-pressed={text === conforms} onClick={() => onLook(conforms)}>
      {t(word)}
    </button>
  );
  const tone = { true: 'within', false: 'out' }[text] ?? '';
  return (
    <div className={`characteristic looked ${tone}`} role="group" aria-label={of.name} data-characteristic={of.code}>
      <strong>{of.name}</strong>
      {key('true', OK)}
      {key('false', NOT_OK)}
    </div>
  );
}
