"""Who says what: spans, linking, nesting, speakers, stance."""
