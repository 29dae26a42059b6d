namespace Support.Simulation.Models;

/// <summary>What a model server is asked for.</summary>
public enum ModelCallKind { Chat, Embeddings, Transcription, Rerank, Models }
