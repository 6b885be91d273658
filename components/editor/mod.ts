/** Edit mode of a dashboard: one door, so that its code arrives in one piece when somebody begins to edit. */
export { default as Editor } from "./Editor.tsx";
export { loadEditor } from "./load_editor.ts";
