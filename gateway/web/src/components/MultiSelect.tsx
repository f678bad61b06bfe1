import { Select, type SelectProps } from 'antd';
import { useState } from 'react';

/** Several of a list. It closes with each choice: open, the Tab key would take the choice back. */
export function MultiSelect(props: SelectProps<string[]>) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Select<string[]> {...props} open={isOpen} onOpenChange={setIsOpen} onSelect={() => setIsOpen(false)} className="full" />
  );
}
