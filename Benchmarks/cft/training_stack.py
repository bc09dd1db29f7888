"""Loads folders of critique records in LLaMA-Factory's own dataset reader.

What runs is LLaMA-Factory's unmodified code up to tokenizing: dataset_info.json is read by its
parser, the file by its loader (which is Hugging Face `datasets`), the rows by its converter. That far
it computes nothing with PyTorch, Transformers or PEFT but imports them at its head; so that two
gigabytes need not be fetched for it, empty stand-ins take their place. Every key of train.yaml is
looked up among the fields of the argument classes that LLaMA-Factory parses it into.
"""

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import sys
import tempfile
import types
from pathlib import Path

import yaml

os.environ["HF_DATASETS_CACHE"] = tempfile.mkdtemp()
os.environ["HF_HUB_OFFLINE"] = "1"
import datasets  # Before the stand-ins, or it would believe that PyTorch is here.

ABSENT = {"torch", "torchaudio", "transformers", "peft", "accelerate", "trl"}


class Anything(type):
    """A class whose members are such classes; calling one gives an empty object."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name)


def stand_in(name):
    return Anything(name, (), {"__init__": lambda self, *given, **named: None})


class StandIn(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ABSENT:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        module.__path__ = []


def package(name, parent):
    """A package without its __init__, which would import the trainer."""
    module = types.ModuleType(name)
    module.__path__ = [str(parent)]
    sys.modules[name] = module


def fields(file, names):
    """Fields of dataclasses, read from their source."""
    classes = {n.name: n for n in ast.parse(file.read_text()).body if isinstance(n, ast.ClassDef)}
    found = set()
    for name in names if names else classes:
        found |= {
            line.target.id for line in classes[name].body
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        }
    return found


def expected(row):
    """The prompt and the reply that a row stands for, as the published layouts have it."""
    if "messages" in row:
        user, assistant = row["messages"]
        return user["content"], assistant["content"]
    return row["instruction"] + "\n" + row["input"], row["output"]


def check(folder, loader):
    info = json.loads((folder / "dataset_info.json").read_text())
    text = (folder / info["cft"]["file_name"]).read_text()
    rows = json.loads(text) if text.startswith("[") else list(map(json.loads, text.splitlines()))
    arguments = types.SimpleNamespace(
        dataset_dir=str(folder), streaming=False, max_samples=None, overwrite_cache=True,
        preprocessing_num_workers=None, media_dir=str(folder))
    model = types.SimpleNamespace(cache_dir=None, hf_hub_token=None)
    training = types.SimpleNamespace(local_process_index=0, seed=42, dataloader_num_workers=0)
    loaded = loader._get_merged_dataset(["cft"], model, arguments, training, stage="sft")
    assert len(loaded) == len(rows), (len(loaded), len(rows))
    for given, row in zip(loaded, rows):
        prompt, reply = expected(row)
        assert given["_prompt"] == [{"content": prompt, "role": "user"}], given["_prompt"]
        assert given["_response"] == [{"content": reply, "role": "assistant"}], given["_response"]
        assert not given["_system"] and not given["_tools"]
    assert "verdict_source" not in text and "verdict_source" not in str(loaded.column_names)
    print(f"{folder}: {len(loaded)} records, each with its prompt and its critique, nothing else")


def main(stack, *folders):
    sys.meta_path.insert(0, Finder())
    site = Path(stack)
    for name in ["", ".data", ".extras", ".hparams"]:
        package("llamafactory" + name, site / "llamafactory" / name.lstrip("."))
    loader = importlib.import_module("llamafactory.data.loader")
    arguments = site / "llamafactory" / "hparams"
    known = fields(site / "transformers" / "training_args.py", ["TrainingArguments"])
    for file in ["data_args", "model_args", "finetuning_args", "generating_args", "training_args"]:
        known |= fields(arguments / f"{file}.py", None)
    for folder in map(Path, folders):
        check(folder, loader)
        settings = yaml.safe_load((folder / "train.yaml").read_text())
        unknown = sorted(set(settings) - known)
        assert not unknown, f"LLaMA-Factory does not know {unknown}"
        assert (settings["learning_rate"], settings["warmup_ratio"]) == (5e-6, 0.1)
        print(f"{folder}/train.yaml: {len(settings)} settings, all known")


main(*sys.argv[1:])
