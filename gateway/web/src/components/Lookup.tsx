import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Select } from 'antd';
import { useState } from 'react';
import { operationOf } from '@/lib/api/api';
import { read } from '@/lib/api/client';
import type { Source } from '@/lib/lookups';
import { useText, type Text } from '@/lib/text';
import { MultiSelect } from './MultiSelect';

/** What is read whole, without a query. */
const PLAIN = new Set<string>(['/api/inventory/units', '/api/equipment/reasons']);
const CHOICES_MAX = 50;
const TYPE_OR_CHOOSE: Text = ['输入或选择', 'Type or choose'];

interface Row {
  [member: string]: unknown;
}

/** What begins with what was typed, from the list that knows the codes. */
function useChoices({ path, value, name, query: always }: Source, typed: string) {
  const searches = 'search' in operationOf('get', path).query;
  const query = { ...always, size: searches ? CHOICES_MAX : 1000, ...(searches && typed ? { search: typed } : {}) };
  const found = useQuery({
    queryKey: [path, 'choices', query],
    queryFn: async () => {
      const page = await read(path as '/api/work-orders/products', PLAIN.has(path) ? {} : { query: query as object });
      return ((page as { items?: Row[] }).items ?? (page as { reasons?: Row[] }).reasons ?? page) as unknown as Row[];
    },
    placeholderData: before => before,
    staleTime: 30_000,
  });
  const seen = new Set<string>();
  const options = (found.data ?? [])
    .map(row => ({
      value: String(row[value]),
      label: name
        ? value === 'id'
          ? String(row[name])
          : row[value] === row[name]
            ? String(row[value])
            : `${row[value]} · ${row[name]}`
        : String(row[value]),
    }))
    .filter(option => !seen.has(option.value) && seen.add(option.value))
    .filter(option => searches || !typed || option.label.toLowerCase().includes(typed.toLowerCase()));
  return { options: options.slice(0, CHOICES_MAX * 4), isLoading: found.isLoading };
}

interface LookupProps {
  source: Source;
  value?: string;
  onChange?: (value: string) => void;
  id?: string;
  placeholder?: string;
  onlyKnown?: boolean;
  label?: string;
}

/** One code: chosen from those that are known, or typed. */
export function Lookup({ source, value, onChange, id, placeholder, onlyKnown = false, label }: LookupProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const { options, isLoading } = useChoices(source, typed);
  const common = {
    id,
    value,
    onChange,
    options,
    placeholder: placeholder ?? t(TYPE_OR_CHOOSE),
    allowClear: true,
    className: 'full',
    'aria-label': label,
  };
  if (onlyKnown) {
    return <Select {...common} showSearch={{ filterOption: false, onSearch: setTyped }} loading={isLoading} />;
  }
  return <AutoComplete {...common} showSearch={{ onSearch: setTyped }} />;
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
  return (
    <MultiSelect
      mode="tags"
      id={id}
      value={value}
      onChange={onChange}
      options={options}
      placeholder={t(TYPE_OR_CHOOSE)}
      className="full"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      tokenSeparators={['\t', '\n']}
    />
  );
}
