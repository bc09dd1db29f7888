extension HTMLPage {
  /// The page's looks: readable at a phone's width and on paper, light and dark.
  static let styles = """
    :root {
      color-scheme: light dark;
      --ink: #1d1b18; --paper: #fdfcfa; --soft: #665f56; --rule: #e3ddd2; --card: #f6f3ec;
      --old: #a32a22; --old-paper: #fbf0ee; --new: #17653a; --new-paper: #eef6f0; --wait: #7a5800;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --ink: #e9e5dd; --paper: #181715; --soft: #a59d91; --rule: #38342e; --card: #211f1c;
        --old: #ff8a80; --old-paper: #2b1d1b; --new: #6fd391; --new-paper: #18261d; --wait: #e3b341;
      }
    }
    * { box-sizing: border-box }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.6 Charter, "Iowan Old Style", Palatino, Georgia, "Noto Serif", serif;
      overflow-wrap: break-word;
    }
    main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 3rem }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 }
    h2 { font-size: 1.25rem; margin: 0 0 0.6rem }
    h3 {
      font-size: 0.8rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft);
      margin: 1.8rem 0 0.4rem;
    }
    .work h3, .work h4, .statement h3, .statement h4, del h3, ins h3 {
      font-size: 1.05rem; letter-spacing: 0; text-transform: none; color: inherit;
      margin: 1rem 0 0.4rem;
    }
    header { border-bottom: 1px solid var(--rule); padding-bottom: 1rem; margin-bottom: 2rem }
    .facts, .provenance, .cost, .checker, .critic, .refuted, .reason, .kept, .note, footer {
      color: var(--soft); font-size: 0.92rem; margin: 0.4rem 0;
    }
    article + article { border-top: 1px solid var(--rule); margin-top: 2.5rem; padding-top: 2rem }
    .statement {
      background: var(--card); border-left: 3px solid var(--rule); padding: 0.3rem 1rem;
      border-radius: 0 4px 4px 0;
    }
    .critic p { margin: 0.3rem 0 }
    .refuted { padding-left: 1.2rem; color: var(--old) }
    .fault { color: var(--wait) }
    .dim { opacity: 1; color: var(--soft) }
    sup { line-height: 0 }
    .pair {
      display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.8rem;
      margin: 0.8rem 0;
    }
    del, ins {
      display: block; text-decoration: none; padding: 0.4rem 0.8rem; border-radius: 4px; min-width: 0;
    }
    del { background: var(--old-paper); border-left: 3px solid var(--old) }
    ins { background: var(--new-paper); border-left: 3px solid var(--new) }
    del .paragraph, del li, del td { text-decoration: line-through; text-decoration-color: var(--old) }
    del math {
      background: linear-gradient(
        transparent calc(50% - 1px), var(--old) calc(50% - 1px) calc(50% + 1px),
        transparent calc(50% + 1px));
    }
    .label {
      font-size: 0.75rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft);
    }
    .verdict {
      border: 1px solid var(--rule); border-left: 4px solid var(--wait); border-radius: 4px;
      padding: 0.5rem 1rem; margin: 1.8rem 0 0; background: var(--card);
    }
    .verdict p { margin: 0.2rem 0 }
    .verdict.proved, .verdict.accepted { border-left-color: var(--new) }
    .verdict.refuted { border-left-color: var(--old) }
    .answer { font-size: 1.15em; font-weight: bold; margin: 0 0.4em }
    .voucher { color: var(--soft) }
    math {
      font-size: 1.06em;
      font-family: "Latin Modern Math", "STIX Two Math", "XITS Math", "Libertinus Math",
        "TeX Gyre Termes Math", "Cambria Math", "DejaVu Math TeX Gyre", "Noto Sans Math",
        "DejaVu Serif", math, serif;
    }
    .display { overflow-y: hidden; padding: 0.1em 0; text-align: center; line-height: 1.9 }
    footer span { margin-right: 0.2em } footer p span:not(:first-child) { margin-left: 0.9em }
    .mark, mtext.mark { font-family: system-ui, sans-serif; font-weight: bold }
    pre {
      background: var(--card); padding: 0.6rem 0.8rem; border-radius: 4px; font-size: 0.85rem;
      line-height: 1.45;
    }
    code { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.9em }
    pre code { font-size: inherit }
    blockquote { margin: 0.8em 0; padding-left: 1em; border-left: 3px solid var(--rule) }
    a { color: inherit }
    footer { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: 0.6rem }
    @media (max-width: 40rem) {
      body { font-size: 1rem }
      main { padding: 1.25rem 1rem 2rem }
      .pair { grid-template-columns: minmax(0, 1fr) }
    }
    @media print {
      body { background: none; font-size: 11pt }
      main { max-width: none; padding: 0 }
      .pair, .verdict, .display, .statement { break-inside: avoid }
      h2, h3 { break-after: avoid }
      a { text-decoration: none }
    }
    """
}
