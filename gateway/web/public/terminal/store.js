/** What this terminal remembers over a reload; a private window that refuses it forgets at the reload. */
const memory = new Map();

export function load(key, otherwise = null) {
  try {
    const text = localStorage.getItem('mes.' + key);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return memory.has(key) ? memory.get(key) : otherwise;
  }
}

export function save(key, value) {
  memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem('mes.' + key);
    else localStorage.setItem('mes.' + key, JSON.stringify(value));
  } catch {
    // kept in memory above
  }
}
