// Card, quiz and option texts are plain strings with code in `backticks`; this sets the code as code and nothing else.
export function InlineCode({ text }: { text: string }) {
  return text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}
