/**
 * Markdown as elements. The tokens that marked reads are turned into elements by the list below and nothing else: no
 * HTML is ever made as text, so nothing in a text can become markup.
 */
import { Fragment, h } from "preact";
import type { ComponentChildren, VNode } from "preact";
import { lexer, type Token, type Tokens } from "marked";

/** Turns plain words into what is shown; live numbers come in here. */
export type Words = (text: string) => ComponentChildren;

/** Draws a Markdown text. */
export function Markdown({ text, words }: { text: string; words: Words }) {
  return <div class="markdown">{blocks(lexer(text), words)}</div>;
}

function blocks(tokens: Token[], words: Words): VNode[] {
  return tokens.map((token, index) => <Fragment key={index}>{block(token, words)}</Fragment>);
}

function block(token: Token, words: Words): ComponentChildren {
  switch (token.type) {
    case "heading":
      // The tile's own title is an h2.
      return h(`h${Math.min(6, (token as Tokens.Heading).depth + 2)}`, null, inline(token.tokens, words));
    case "paragraph":
      return <p>{inline(token.tokens, words)}</p>;
    case "blockquote":
      return <blockquote>{blocks(token.tokens ?? [], words)}</blockquote>;
    case "code":
      return <pre><code>{(token as Tokens.Code).text}</code></pre>;
    case "hr":
      return <hr />;
    case "list":
      return list(token as Tokens.List, words);
    case "table":
      return table(token as Tokens.Table, words);
    case "space":
    case "def":
      return null;
    default:
      return inlineOne(token, words);
  }
}

function list({ ordered, start, items }: Tokens.List, words: Words): VNode {
  const entries = items.map((item, index) => <li key={index}>{blocks(item.tokens, words)}</li>);
  return ordered ? <ol start={typeof start === "number" ? start : undefined}>{entries}</ol> : <ul>{entries}</ul>;
}

function table({ header, rows, align }: Tokens.Table, words: Words): VNode {
  const side = (index: number) => align[index] === "right" ? "markdown__right" : undefined;
  return (
    <table>
      <thead>
        <tr>
          {header.map((cell, index) => <th scope="col" class={side(index)} key={index}>{inline(cell.tokens, words)}
          </th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, place) => <td class={side(place)} key={place}>{inline(cell.tokens, words)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inline(tokens: Token[] | undefined, words: Words): ComponentChildren {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{inlineOne(token, words)}</Fragment>);
}

function inlineOne(token: Token, words: Words): ComponentChildren {
  switch (token.type) {
    case "strong":
      return <strong>{inline(token.tokens, words)}</strong>;
    case "em":
      return <em>{inline(token.tokens, words)}</em>;
    case "del":
      return <del>{inline(token.tokens, words)}</del>;
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>;
    case "br":
      return <br />;
    case "link": {
      const href = safeHref((token as Tokens.Link).href);
      const text = inline(token.tokens, words);
      return href ? <a href={href} rel="noopener noreferrer nofollow">{text}</a> : text;
    }
    case "image":
      return (token as Tokens.Image).text; // a picture from elsewhere would tell that place who reads
    case "escape":
      return (token as Tokens.Escape).text;
    case "text": {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens, words) : words(decoded(text));
    }
    default:
      return token.raw; // HTML and whatever marked learns to read: shown as it was typed
  }
}

/** The address if it leads where a link in a text may lead: the web, mail, a page of this product; null otherwise. */
export function safeHref(href: string): string | null {
  if (/^\/(?![/\\])[\w\-./?=&#%]*$/.test(href)) return href;
  try {
    const url = new URL(href);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null; // no whole address
  }
}

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": "\u00a0",
};

function decoded(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);
}
