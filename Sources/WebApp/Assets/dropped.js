// The files of a drop, those inside folders too.

/**
 * All files of a drop, with the folder that each lies in.
 * @param {DataTransfer} transfer
 * @returns {Promise<{file: File, folder: string}[]>}
 */
export async function dropped(transfer) {
  // Entries must be taken before the first await: the transfer is emptied when the event ends.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].filter(({ name }) => isWanted(name)).map((file) => ({ file, folder: "" }));
  const found = [];
  for (const entry of entries) await take(entry, "", found);
  return found.filter(({ file }) => isWanted(file.name));
}

/** Whether a file is not one that a system leaves about. */
export function isWanted(name) {
  return !name.startsWith(".") && !name.startsWith("~$") && name !== "Thumbs.db" && name !== "desktop.ini";
}

async function take(entry, folder, found) {
  if (entry.isFile) {
    found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), folder });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const one of some) await take(one, folder ? `${folder}/${entry.name}` : entry.name, found);
  }
}
