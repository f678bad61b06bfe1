import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Select } from 'antd';
import { useRef, useState } from 'react';
import { operationOf } from '@/lib/api/api';
import { read } from '@/lib/api/client';
import type { Source } from '@/lib/lookups';
import { useText, type Text } from '@/lib/text';
import { sayingOf } from '@/lib/words/sayings';
import { bestFirst, matchOf, type Option } from './lookupMatch';
import { MultiSelect } from './MultiSelect';

/** What is read whole, without a query. */
const PLAIN = new Set<string>(['/api/inventory/units', '/api/equipment/reasons']);
const CHOICES_MAX = 50;
const TYPE_OR_CHOOSE: Text = ['输入或选择', 'Type or choose'];

interface Row {
  [member: string]: unknown;
}

const rowsOf = (page: unknown): Row[] =>
  ((page as { items?: Row[] } | null)?.items ?? (page as { reasons?: Row[] } | null)?.reasons ?? page ?? []) as Row[];

/** What begins with what was typed, from the list that knows the codes. */
function useChoices({ path, value, name, query: always }: Source, typed: string) {
  const searches = 'search' in operationOf('get', path).query;
  const query = { ...always, size: searches ? CHOICES_MAX : 1000, ...(searches && typed ? { search: typed } : {}) };
  const found = useQuery({
    queryKey: [path, 'choices', query],
    queryFn: async () => {
      const page = await read(path as '/api/work-orders/products', PLAIN.has(path) ? {} : { query: query as object });
      return rowsOf(page);
    },
    placeholderData: before => before,
    staleTime: 30_000,
  });
  const seen = new Set<string>();
  const options: Option[] = (found.data ?? [])
    .map(row => optionOf(String(row[value]), name ? sayingOf(String(row[name])) : '', value === 'id'))
    .filter(option => !seen.has(option.value) && seen.add(option.value))
    .filter(
      option => (searches && !found.isPlaceholderData) || !typed || option.label.toLowerCase().includes(typed.toLowerCase()),
    );
  return { options: bestFirst(options, typed).slice(0, CHOICES_MAX * 4), isLoading: found.isLoading };
}

const optionOf = (value: string, name: string, isById: boolean): Option => ({
  value,
  code: isById ? name : value,
  name,
  label: isById || name === value || name === '' ? name || value : `${value} · ${name}`,
});

interface LookupProps {
  source: Source;
  value?: string;
  onChange?: (value: string) => void;
  id?: string;
  placeholder?: string;
  onlyKnown?: boolean;
  label?: string;
}

/** What was typed, read as the option that it means: asked for again, as the list may still be that of fewer letters. */
async function meant(source: Source, typed: string): Promise<string | undefined> {
  const searches = 'search' in operationOf('get', source.path).query;
  const query = { ...source.query, size: searches ? CHOICES_MAX : 1000, ...(searches ? { search: typed } : {}) };
  const page = await read(
    source.path as '/api/work-orders/products',
    PLAIN.has(source.path) ? {} : { query: query as object },
  ).catch(() => null);
  const rows = rowsOf(page);
  const isById = source.value === 'id';
  return matchOf(
    rows.map(row => optionOf(String(row[source.value]), source.name ? sayingOf(String(row[source.name])) : '', isById)),
    typed,
  );
}

/** One code: chosen from those that are known, or typed. What is known by its identity can only be chosen. */
export function Lookup({ source, value, onChange, id, placeholder, onlyKnown = false, label }: LookupProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const { options, isLoading } = useChoices(source, typed);
  const latest = useRef(typed);
  latest.current = typed;
  const isChosenOnly = onlyKnown || source.value === 'id';
  const take = (match: string | undefined) => {
    if (match !== undefined && match !== value) onChange?.(match);
    setTyped('');
  };
  /** Text that means an option becomes it, whether Enter, Tab or a click elsewhere ends it. */
  const settle = async () => {
    const match = matchOf(options, typed) ?? (await meant(source, typed));
    if (latest.current === typed) take(match); // nothing was typed meanwhile
  };
  const isUnsettled = typed.trim() !== '' && !options.some(option => option.value === value && option.value === typed);
  const common = {
    id,
    value,
    options,
    placeholder: placeholder ?? t(TYPE_OR_CHOOSE),
    allowClear: true,
    className: 'full',
    'aria-label': label,
    onSelect: () => setTyped(''),
    onBlur: () => void (isUnsettled && settle()),
  };
  if (isChosenOnly) {
    return (
      <Select {...common} onChange={onChange} showSearch={{ filterOption: false, onSearch: setTyped }} loading={isLoading} />
    );
  }
  return (
    <AutoComplete
      {...common}
      onChange={onChange}
      showSearch={{ onSearch: setTyped }}
      onInputKeyDown={event => {
        if (event.key !== 'Enter' || !isUnsettled) return;
        const match = matchOf(options, typed);
        if (match !== undefined) take(match);
        else {
          event.preventDefault(); // the form is sent when it is known what was meant
          void settle();
        }
      }}
    />
  );
}

/** Several codes. */
export function LookupMany({
  source,
  value,
  onChange,
  id,
}: {
  source: Source;
  value?: string[];
  onChange?: (value: string[]) => void;
  id?: string;
}) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const { options } = useChoices(source, typed);
  const known = (one: string) => (value?.includes(one) ? one : (matchOf(options, one) ?? one));
  return (
    <MultiSelect
      mode={source.value === 'id' ? 'multiple' : 'tags'}
      id={id}
      value={value}
      onChange={next => onChange?.([...new Set(next.map(known))])}
      options={options}
      placeholder={t(TYPE_OR_CHOOSE)}
      className="full"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      tokenSeparators={['\t', '\n']}
    />
  );
}
