import {part} from './dom';

function entries_of(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const batch = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  const rest = async (): Promise<FileSystemEntry[]> => {
    const some = await batch();
    return some.length ? [...some, ...await rest()] : [];
  };
  return rest();
}

/** What can be read of it. */
const files_below = (entry: FileSystemEntry) => read_files(entry).catch((): File[] => []);

async function read_files(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const entries = (await entries_of(entry as FileSystemDirectoryEntry)).filter(({name}) => !name.startsWith('.'));
  entries.sort((a, b) => a.name.localeCompare(b.name, undefined, {numeric: true}));
  return (await Promise.all(entries.map(files_below))).flat();
}

/** Takes files that are chosen, or dropped anywhere on the page, alone or in folders. */
export function listen_to_files(take: (files: File[]) => void) {
  const input = part<HTMLInputElement>('files');
  input.addEventListener('change', () => {
    take([...input.files!]);
    input.value = '';
  });
  let depth = 0;
  const mark = (by: number) => {
    depth = Math.max(0, depth + by);
    document.body.classList.toggle('dragging', depth > 0);
  };
  const carries_files = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragenter', (event) => carries_files(event) && mark(1));
  document.addEventListener('dragleave', (event) => carries_files(event) && mark(-1));
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(-depth);
    // Both lists are empty once this function has returned.
    const files = [...event.dataTransfer!.files];
    const entries = [...event.dataTransfer!.items].map((item) => item.webkitGetAsEntry());
    const has_folder = entries.some((entry) => entry?.isDirectory);
    if (!has_folder) take(files);
    else void Promise.all(entries.map((entry) => (entry ? files_below(entry) : []))).then((found) => take(found.flat()));
  });
}
