import Testing
import Typeset

@Suite struct MathLineTests {
  @Test(arguments: [
    ("2x + 3 = 7", "2x + 3 = 7"),
    ("-3 - (-5)", "−3 − (−5)"),
    ("a - -b", "a − −b"),
    ("x^2 + y^2 = z^2", "x² + y² = z²"),
    ("x_1^{n+1}", "x₁ⁿ⁺¹"),
    ("a_{i,j}", "a_(i,j)"),
    ("x^{2/3}", "x^(2/3)"),
    ("2^{10} = 1024", "2¹⁰ = 1024"),
    ("(x^2)^3", "(x²)³"),
    ("{x^2}^3", "(x²)³"),
    (#"e^{i\pi} + 1 = 0"#, "e^(iπ) + 1 = 0"),
    ("f'(x) + f''(x)", "f′(x) + f″(x)"),
    (#"90^\circ"#, "90°"),
    (#"\frac{1}{2}"#, "1/2"),
    (#"\frac12 x"#, "(1/2)x"),
    (#"\frac{a+b}{2}"#, "(a + b)/2"),
    (#"\frac{1}{2a}"#, "1/(2a)"),
    (#"\frac{x}{y^2}"#, "x/y²"),
    (#"3\frac{1}{4}"#, "3 1/4"),
    (#"2\frac{x}{y}"#, "2(x/y)"),
    (#"\frac{\frac{1}{2}}{3}"#, "(1/2)/3"),
    (#"\frac{1}{2}\frac{3}{4}"#, "(1/2)(3/4)"),
    (#"\frac{1}{2} \cdot \frac{3}{4}"#, "1/2 · 3/4"),
    (#"\sin\frac{\pi}{2}"#, "sin (π/2)"),
    (#"1 - \frac{-1}{2}"#, "1 − (−1/2)"),
    (#"\sqrt{2}"#, "√2"),
    (#"\sqrt{x+1}"#, "√(x + 1)"),
    (#"\sqrt[3]{8} = 2"#, "∛8 = 2"),
    (#"\sqrt[n]{x}"#, "ⁿ√x"),
    (#"2\sqrt{3}x"#, "2√3 x"),
    (#"\sqrt{x^2}"#, "√(x²)"),
    (#"\frac{1}{\sqrt{2}}"#, "1/√2"),
    (#"\sum_{k=1}^{n} k"#, "∑ₖ₌₁ⁿ k"),
    (#"\sum_{k=1}^\infty \frac{1}{k^2}"#, "∑ₖ₌₁^∞ 1/k²"),
    (#"\prod_{i=1}^n a_i"#, "∏ᵢ₌₁ⁿ aᵢ"),
    (#"\int_0^1 x^2\,dx"#, "∫₀¹ x² dx"),
    (#"\int_{-\infty}^{\infty} e^{-x^2} dx"#, "∫_(−∞)^∞ e^(−x²) dx"),
    (#"\lim_{x \to 0} \frac{\sin x}{x}"#, "lim_(x→0) (sin x)/x"),
    (#"\max_{1 \le i \le n} a_i"#, "max_(1≤i≤n) aᵢ"),
    (#"\sin^2 \theta + \cos^2 \theta"#, "sin² θ + cos² θ"),
    (#"2\sin x\cos x"#, "2 sin x cos x"),
    (#"\log_2 8 = 3"#, "log₂ 8 = 3"),
    (#"\ln(x)"#, "ln(x)"),
    (#"\gcd(12, 18)"#, "gcd(12, 18)"),
    (#"\alpha + \beta = \gamma, \Delta\Omega"#, "α + β = γ, ΔΩ"),
    (#"a \cdot b \times c \div d \pm e"#, "a · b × c ÷ d ± e"),
    (#"a \le b < c \ne d \ge e \approx f"#, "a ≤ b < c ≠ d ≥ e ≈ f"),
    (#"x \in A \cup B \cap C \subseteq \emptyset"#, "x ∈ A ∪ B ∩ C ⊆ ∅"),
    (#"\angle ABC = \triangle DEF"#, "∠ABC = △DEF"),
    (#"\overline{AB} \parallel \overline{CD} \perp \overrightarrow{EF}"#, "A̅B̅ ∥ C̅D̅ ⊥ E⃗F⃗"),
    (#"0.\overline{142857}"#, "0.1̅4̅2̅8̅5̅7̅"),
    (#"\overline{a + b}"#, "overline(a + b)"),
    (#"\hat{x}, \bar{y}, \vec{v}, \tilde{z}, \dot{a}"#, "x̂, ȳ, v⃗, z̃, ȧ"),
    (#"\mathbb{R}^n, \mathbb{N}, \mathcal{L}, \mathfrak{g}"#, "ℝⁿ, ℕ, ℒ, 𝔤"),
    (#"\text{if } x > 0 \text{ and $y < 1$}"#, "if x > 0 and y < 1"),
    (#"x \text{ cm}^2"#, "x cm²"),
    (#"\left(\frac{a}{b}\right)^2"#, "(a/b)²"),
    (#"\left[ 0, 1 \right)"#, "[0, 1)"),
    (#"\left| x - 1 \right| < \varepsilon"#, "|x − 1| < ε"),
    (#"\left. x \right|_0^1"#, "x|₀¹"),
    (#"\lfloor x \rfloor + \lceil y \rceil"#, "⌊x⌋ + ⌈y⌉"),
    (#"\{1, 2, \dots, n\}"#, "{1, 2, …, n}"),
    (#"\boxed{42}"#, "⟦42⟧"),
    (#"\boxed{\frac{3}{4}}"#, "⟦3/4⟧"),
    (#"\binom{n}{k}"#, "(n choose k)"),
    (#"{n \choose 2}"#, "(n choose 2)"),
    (#"{a \over b}"#, "a/b"),
    (#"a \equiv b \pmod{7}"#, "a ≡ b (mod 7)"),
    (#"17 \bmod 5"#, "17 mod 5"),
    (#"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"#, "(1, 2; 3, 4)"),
    (#"\begin{bmatrix} x \\ y \end{bmatrix}"#, "[x; y]"),
    (#"\begin{vmatrix} a & b \\ c & d \end{vmatrix}"#, "|a, b; c, d|"),
    (#"\begin{cases} x & x > 0 \\ -x & x \le 0 \end{cases}"#, "{ x, x > 0; −x, x ≤ 0"),
    (#"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}"#, "x = 1; y = 2"),
    ("1,234,567 + 10{,}000", "1,234,567 + 10,000"),
    ("f(1,2,3)", "f(1, 2, 3)"),
    (#"5!\,3!"#, "5! 3!"),
    (#"\$5 + 50\%"#, "$5 + 50%"),
    (#"A \Rightarrow B \iff C \implies D"#, "A ⇒ B ⟺ C ⟹ D"),
    (#"\cancel{x} + \cancelto{0}{y}"#, "x̸ + y̸→0"),
    (#"\not= \not\in"#, "≠ ∉"),
    (#"\overset{?}{=} 5"#, "=^? 5"),
    (#"\underbrace{1 + 1}_{2}"#, "(1 + 1)₂"),
    (#"\xrightarrow{f} x"#, "→ᶠ x"),
    (#"\mathbf{v} \cdot \mathrm{d}x"#, "v · dx"),
    (#"\operatorname{lcm}(4, 6)"#, "lcm(4, 6)"),
    ("3 : 4", "3 : 4"),
    ("a:b", "a:b"),
    (#"x = \pm 2"#, "x = ±2"),
    (#"\quad x \qquad y"#, "  x    y"),
    (#"\phantom{xx} y"#, "  y"),
    (#"\displaystyle \sum_i i"#, "∑ᵢ i"),
    (#"x\,y\;z\!w"#, "x y zw"),
    (#"\big( x \big) \Big| y"#, "(x)|y"),
    (##"\S \& \# \_"##, "§&#_"),
    ("π ≤ 4 × √2", "π ≤ 4 × √2"),
    (#"x^{\text{th}}"#, "xᵗʰ"),
    (#"T_{\text{max}}"#, "Tₘₐₓ"),
    (#"\stackrel{\text{def}}{=}"#, "=ᵈᵉᶠ"),
    (#"12\text{ m}/\text{s}"#, "12 m/s"),
    (#"\cfrac{1}{1+\cfrac{1}{x}}"#, "1/(1 + 1/x)"),
    ("(-1)^{n-1}", "(−1)ⁿ⁻¹"),
    (#"-\frac{b}{2a}"#, "−b/(2a)"),
    (#"100\frac{\text{km}}{\text{h}}"#, "100(km/h)"),
    (#"\tan^{-1}(x)"#, "tan⁻¹(x)"),
  ])
  func `a formula on one line`(latex: String, line: String) {
    #expect(MathView.inline(latex) == line)
    #expect(MathView.understands(latex))
  }

  @Test(arguments: [
    (#"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"#, "x = (-b +- sqrt(b^2 - 4ac))/(2a)"),
    (#"\sum_{k=1}^\infty \frac{1}{k^2} = \frac{\pi^2}{6}"#, "sum_(k=1)^(inf) 1/k^2 = pi^2/6"),
    (#"e^{i\pi} \ne 1, x \to \infty"#, "e^(i pi) != 1, x -> inf"),
    (#"90^\circ, \overline{AB}, \sqrt[3]{x}, f''(x)"#, "90 deg, overline(AB), root(3, x), f''(x)"),
    (#"2\alpha x \in \mathbb{R}"#, "2 alpha x in R"),
    (#"\boxed{\text{é}}"#, #"boxed(e)"#),
    (#"\text{中}"#, #"\u{4E2D}"#),
    (#"\foo{√中}"#, #"\foo{sqrt\u{4E2D}}"#),
  ])
  func `a formula where the terminal has no Unicode`(latex: String, line: String) {
    #expect(MathView.inline(latex, unicode: false) == line)
  }

  @Test(arguments: [
    #"\foo{x}"#, #"\frac{1}"#, #"x^2^3"#, #"\left( x"#, #"a } b"#, #"{a"#, #"\begin{align} x"#,
    #"\begin{tikz}\end{tikz}"#, #"\sqrt"#, #"x_"#, #"\input{file}"#, #"a & b"#,
    #"\hspace{\input{x}}"#,
    #"\begin{cases} x \end{aligned}"#, #"\right)"#, "#1", #"\not x y \unknown"#,
  ])
  func `what is not understood is shown as its source`(latex: String) {
    #expect(!MathView.understands(latex))
    #expect(MathView.inline(latex) == latex)
    #expect(MathView.stacked(latex, width: 80) == [latex])
  }

  @Test func `nesting beyond the cap is shown as its source`() {
    for (open, close) in [
      ("{", "}"), ("\\sqrt{", "}"), ("x^{", "}"), ("\\left(", "\\right)"), ("\\hat ", ""),
    ] {
      for depth in [20, 1000, 3000] {
        let latex =
          String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
        #expect(MathView.understands(latex) == (depth == 20), "\(open) \(depth)")
        if depth > 20 { #expect(MathView.inline(latex) == latex) }
      }
    }
  }
}
