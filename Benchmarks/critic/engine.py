"""Qwen2 from a GGUF file in PyTorch: batched sampling with refilled slots, LoRA."""

import time, math, json, numpy as np, torch, torch.nn.functional as F

L, H, NH, KV, D, FF, V = 28, 1536, 12, 2, 128, 8960, 151936
EPS, THETA = 1e-6, 1e6


def deq(data, kind, shape, dev):
    """Rows of Q4_K or Q6_K as bf16 [out, in]."""
    out, inn = shape
    if kind == "Q4_K":
        b = torch.from_numpy(np.ascontiguousarray(data)).to(dev).view(-1, 144)
        d = b[:, 0:2].contiguous().view(torch.float16).float()
        dm = b[:, 2:4].contiguous().view(torch.float16).float()
        s = b[:, 4:16].int()
        q = b[:, 16:].view(-1, 4, 32).int()
        sc = torch.empty(b.shape[0], 8, device=dev)
        mn = torch.empty_like(sc)
        for j in range(8):
            if j < 4:
                a = s[:, j] & 63
                m = s[:, j + 4] & 63
            else:
                a = (s[:, j + 4] & 15) | ((s[:, j - 4] >> 6) << 4)
                m = (s[:, j + 4] >> 4) | ((s[:, j] >> 6) << 4)
            sc[:, j] = a
            mn[:, j] = m
        x = torch.stack([q & 15, q >> 4], 2).view(-1, 8, 32).float()
        y = d[:, :, None] * sc[:, :, None] * x - dm[:, :, None] * mn[:, :, None]
    else:
        b = torch.from_numpy(np.ascontiguousarray(data)).to(dev).view(-1, 210)
        ql = b[:, :128].view(-1, 2, 64).int()
        qh = b[:, 128:192].view(-1, 2, 32).int()
        sc = b[:, 192:208].contiguous().view(torch.int8).float()
        d = b[:, 208:210].contiguous().view(torch.float16).float()
        lo = torch.stack(
            [ql[:, :, :32] & 15, ql[:, :, 32:] & 15, ql[:, :, :32] >> 4, ql[:, :, 32:] >> 4], 2
        )
        hi = torch.stack([(qh >> k) & 3 for k in (0, 2, 4, 6)], 2)
        x = (lo | (hi << 4)).float() - 32
        y = x.reshape(-1, 16, 16) * sc[:, :, None] * d[:, :, None]
    return y.reshape(out, inn).to(torch.bfloat16)


class Net:
    def __init__(s, path, dev):
        import gguf

        s.dev = dev
        s.w = {}
        r = gguf.GGUFReader(path)
        for t in r.tensors:
            k = t.tensor_type.name
            if k == "F32":
                x = torch.from_numpy(np.array(t.data)).to(dev)
                s.w[t.name] = x.to(torch.bfloat16)
            else:
                inn, out = int(t.shape[0]), int(t.shape[1])
                s.w[t.name] = deq(t.data, k, (out, inn), dev)
        inv = 1.0 / (THETA ** (torch.arange(0, D, 2, device=dev).float() / D))
        f = torch.outer(torch.arange(4096, device=dev).float(), inv)
        f = torch.cat([f, f], 1)
        s.cos, s.sin = f.cos().to(torch.bfloat16), f.sin().to(torch.bfloat16)
        s.lora = None

    def names(s):
        return [
            f"blk.{l}.{n}"
            for l in range(L)
            for n in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
        ]

    def lin(s, x, n):
        y = F.linear(x, s.w[n + ".weight"], s.w.get(n + ".bias"))
        if s.lora is not None:
            a, b, k = s.lora[n]
            y = y + F.linear(F.linear(x, a.to(x.dtype)), b.to(x.dtype)) * k
        return y

    def norm(s, x, n):
        return F.rms_norm(x.float(), (H,), s.w[n].float(), EPS).to(x.dtype)

    def rope(s, x, c, sn):
        h = torch.cat([-x[..., D // 2 :], x[..., : D // 2]], -1)
        return x * c + h * sn

    def layer(s, l, x, c, sn, attend):
        p = f"blk.{l}."
        B, T, _ = x.shape
        h = s.norm(x, p + "attn_norm.weight")
        q = s.lin(h, p + "attn_q").view(B, T, NH, D).transpose(1, 2)
        k = s.lin(h, p + "attn_k").view(B, T, KV, D).transpose(1, 2)
        v = s.lin(h, p + "attn_v").view(B, T, KV, D).transpose(1, 2)
        o = attend(l, s.rope(q, c, sn), s.rope(k, c, sn), v)
        x = x + s.lin(o.transpose(1, 2).reshape(B, T, H), p + "attn_output")
        h = s.norm(x, p + "ffn_norm.weight")
        return x + s.lin(F.silu(s.lin(h, p + "ffn_gate")) * s.lin(h, p + "ffn_up"), p + "ffn_down")

    def full(s, ids, keep=None):
        """Hidden states [B,T,H]; keep(l,k,v) sees keys and values."""
        B, T = ids.shape
        x = s.w["token_embd.weight"][ids]
        c, sn = s.cos[:T][None, None], s.sin[:T][None, None]

        def att(l, q, k, v):
            if keep:
                keep(l, k, v)
            return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)

        for l in range(L):
            x = s.layer(l, x, c, sn, att)
        return s.norm(x, "output_norm.weight")

    def logits(s, h):
        return F.linear(h, s.w["output.weight"])


class Sampler:
    """Slots of a batch, refilled as they finish."""

    def __init__(s, net, B, T):
        s.n, s.B, s.T = net, B, T
        dev = net.dev
        s.k = [torch.zeros(B, KV, T, D, dtype=torch.bfloat16, device=dev) for _ in range(L)]
        s.v = [torch.zeros(B, KV, T, D, dtype=torch.bfloat16, device=dev) for _ in range(L)]
        s.ids = torch.zeros(B, dtype=torch.long, device=dev)
        s.pos = torch.zeros(B, dtype=torch.long, device=dev)
        s.temp = torch.zeros(B, device=dev)
        s.rows = torch.arange(B, device=dev)
        s.graphs = {}
        s.range = torch.arange(T, device=dev)

    def prefill(s, slots, prompts):
        n = s.n
        ln = [len(p) for p in prompts]
        T = max(ln)
        ids = torch.zeros(len(prompts), T, dtype=torch.long)
        for i, p in enumerate(prompts):
            ids[i, : len(p)] = torch.tensor(p)
        ids = ids.to(n.dev)
        st = torch.tensor(slots, device=n.dev)

        def keep(l, k, v):
            s.k[l][st, :, :T] = k
            s.v[l][st, :, :T] = v

        h = n.full(ids, keep)
        last = torch.tensor(ln, device=n.dev) - 1
        lg = n.logits(h[torch.arange(len(ln), device=n.dev), last])
        t = s.pick(lg, s.temp[st])
        s.ids[st] = t
        s.pos[st] = last + 1
        return t

    def pick(s, lg, temp):
        top, ix = lg.float().topk(40, -1)
        p = top.softmax(-1)
        c = p.cumsum(-1)
        ok = (c - p) < 0.95
        ok &= p >= 0.05 * p[:, :1]
        z = top / temp.clamp_min(1e-3)[:, None]
        z = z.masked_fill(~ok, -1e30)
        g = -torch.log(-torch.log(torch.rand_like(z).clamp(1e-9, 1 - 1e-7)))
        z = torch.where((temp > 0)[:, None], z + g, top)
        return ix.gather(1, z.argmax(-1, keepdim=True))[:, 0]

    def body(s, Tb):
        n = s.n
        B = s.B
        x = n.w["token_embd.weight"][s.ids][:, None]
        c, sn = n.cos[s.pos][:, None, None], n.sin[s.pos][:, None, None]
        m = (
            torch.where(s.range[:Tb][None] <= s.pos[:, None], 0.0, float("-inf"))
            .to(torch.bfloat16)[:, None, None]
            .expand(B, KV, NH // KV, Tb)
        )

        def att(l, q, k, v):
            s.k[l].index_put_(
                (s.rows[:, None], torch.arange(KV, device=n.dev)[None], s.pos[:, None]), k[:, :, 0]
            )
            s.v[l].index_put_(
                (s.rows[:, None], torch.arange(KV, device=n.dev)[None], s.pos[:, None]), v[:, :, 0]
            )
            qq = q.view(B, KV, NH // KV, D)
            o = F.scaled_dot_product_attention(
                qq, s.k[l][:, :, :Tb], s.v[l][:, :, :Tb], attn_mask=m
            )
            return o.reshape(B, NH, 1, D)

        for l in range(L):
            x = n.layer(l, x, c, sn, att)
        return n.logits(n.norm(x, "output_norm.weight")[:, 0])

    def step(s, Tb, graph):
        if not graph:
            return s.body(Tb)
        if Tb not in s.graphs:
            st = torch.cuda.Stream()
            st.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(st):
                for _ in range(2):
                    s.body(Tb)
            torch.cuda.current_stream().wait_stream(st)
            g = torch.cuda.CUDAGraph()
            pool = next(iter(s.graphs.values()))[0].pool() if s.graphs else None
            with torch.cuda.graph(g, pool=pool):
                out = s.body(Tb)
            s.graphs[Tb] = (g, out)
        g, out = s.graphs[Tb]
        g.replay()
        return out

    @torch.no_grad()
    def run(s, jobs, stop, deadline, say=print, graph=None, every=8, chunk=64):
        """jobs: (key, prompt ids, temperature, max new); yields (key, tokens, finish)."""
        graph = torch.cuda.is_available() if graph is None else graph
        jobs = list(jobs)[::-1]
        free = list(range(s.B))
        live = {}
        done = []
        t0 = time.time()
        nt = 0
        steps = 0
        buf = torch.zeros(s.B, every, dtype=torch.long, device=s.n.dev)
        hi = 0
        while (jobs or live) and time.time() < deadline:
            while jobs and free:
                some = [jobs.pop() for _ in range(min(chunk, len(free), len(jobs)))]
                slots = [free.pop() for _ in some]
                for sl, j in zip(slots, some):
                    s.temp[sl] = j[2]
                first = s.prefill(slots, [j[1] for j in some]).tolist()
                for sl, j, f in zip(slots, some, first):
                    live[sl] = (j, [f], len(j[1]))
                if len(jobs) == 0:
                    break
            hi = max(p + len(t) for _, t, p in live.values()) + every + 1
            Tb = min(s.T, (hi + 127) // 128 * 128)
            for k in range(every):
                lg = s.step(Tb, graph)
                t = s.pick(lg, s.temp)
                buf[:, k] = t
                s.ids.copy_(t)
                s.pos.add_(1).clamp_(max=s.T - 1)
            steps += every
            got = buf.tolist()
            for sl in list(live):
                j, toks, p = live[sl]
                if toks[-1] in stop:
                    end = "stop"
                else:
                    end = None
                if end is None:
                    for x in got[sl]:
                        toks.append(x)
                        if x in stop:
                            end = "stop"
                            break
                        if len(toks) >= j[3]:
                            end = "length"
                            break
                if end:
                    nt += len(toks)
                    done.append((j[0], [x for x in toks if x not in stop], end))
                    del live[sl]
                    free.append(sl)
                    s.pos[sl] = 0
            if steps % 160 == 0:
                say(
                    f"steps {steps} live {len(live)} left {len(jobs)} done {len(done)} {nt/(time.time()-t0):.0f} tok/s"
                )
        say(
            f"sampled {len(done)} in {time.time()-t0:.1f} s, {nt} tokens, {steps} steps, {len(live)+len(jobs)} unfinished"
        )
        return done
