import { useRef, useState, type DragEvent, type ReactNode } from 'react';

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

interface FileDropProps {
  className?: string;
  accept?: string;
  isMany?: boolean;
  /** Where it is not given nothing can be dropped or chosen. */
  take?: (files: File[]) => void;
  /** What is shown; it is given what opens the choice of files. */
  children: (choose: () => void) => ReactNode;
}

/** A place that files are dropped on, and chosen for. */
export function FileDrop({ className = '', accept, isMany = false, take, children }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  if (!take) return <div className={className}>{children(() => undefined)}</div>;
  return (
    <div
      className={`file-drop ${className}${isOver ? ' over' : ''}`}
      onDragOver={event => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
      }}
      onDrop={event => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(false);
        take([...event.dataTransfer.files]);
      }}>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={isMany}
        onChange={event => {
          take([...(event.target.files ?? [])]);
          event.target.value = ''; // the same file can be chosen again
        }}
      />
      {children(() => input.current?.click())}
    </div>
  );
}
