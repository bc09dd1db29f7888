import Tutoring

// What LLaMA-Factory needs beside the records: `dataset_info.json`, which tells it how the file is
// laid out, and a training configuration with the hyper-parameters of Critique Fine-Tuning (arXiv
// 2501.17703, section 4). `llamafactory-cli train train.yaml`, run in the folder, takes it from there.

/// The files of a folder of records.
struct TrainingFiles {
  let layout: CritiqueLayout

  /// Published files of the first layout are one array, those of the second JSON lines.
  var records: String {
    switch layout {
    case .instruction: "cft.json"
    case .messages: "cft.jsonl"
    }
  }

  /// Beside the records, one line each: what is no business of the training.
  static let sources = "sources.jsonl"
  static let description = "dataset_info.json"
  static let training = "train.yaml"

  /// For LLaMA-Factory; it names the records' file alone, so nothing else is read.
  var datasetInfo: String {
    switch layout {
    case .instruction:
      """
      {
        "cft": {
          "file_name": "\(records)",
          "columns": {"prompt": "instruction", "query": "input", "response": "output"}
        }
      }

      """
    case .messages:
      """
      {
        "cft": {
          "file_name": "\(records)",
          "formatting": "sharegpt",
          "columns": {"messages": "messages"},
          "tags": {
            "role_tag": "role",
            "content_tag": "content",
            "user_tag": "user",
            "assistant_tag": "assistant"
          }
        }
      }

      """
    }
  }

  /// The paper's settings; 8 processes make a batch of 512.
  static let trainingConfiguration = """
    # llamafactory-cli train train.yaml, in this folder; on N processes set
    # gradient_accumulation_steps to 512 / (N * per_device_train_batch_size).
    model_name_or_path: Qwen/Qwen2.5-Math-7B
    stage: sft
    do_train: true
    finetuning_type: full
    dataset_dir: .
    dataset: cft
    template: qwen
    cutoff_len: 2048
    per_device_train_batch_size: 1
    gradient_accumulation_steps: 64
    learning_rate: 5.0e-6
    num_train_epochs: 1.0
    lr_scheduler_type: cosine
    warmup_ratio: 0.1
    bf16: true
    output_dir: critic
    logging_steps: 1
    save_strategy: epoch
    save_only_model: true

    """
}
