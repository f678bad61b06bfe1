using System.Collections.Concurrent;

namespace Mes.Faults.Tests.Load;

/// <summary>A command and what became of it, as its sender knows.</summary>
public sealed class SentCommand(Command command)
{
    readonly Lock _lock = new();

    public Command Command => command;

    /// <summary>The first acknowledgement, or null.</summary>
    public Answer? Acknowledged { get; private set; }

    /// <summary>It was refused, and never acknowledged.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Nothing final is known: absent or complete.</summary>
    public bool IsOpen => Acknowledged is null && !IsRefused;

    /// <summary>Notes an answer; tells what is wrong with it, or null.</summary>
    public string? Note(Answer answer, bool wasAcknowledgedBefore)
    {
        lock (_lock)
        {
            if (answer.IsAcknowledged)
            {
                IsRefused = false;
                Acknowledged ??= answer;
                return Acknowledged.Value == answer ? null
                    : $"{command.Kind} {command.Id}: answered {Acknowledged.Value.Body}, then {answer.Body}";
            }
            if (answer.IsRefused && wasAcknowledgedBefore)
            {
                return $"{command.Kind} {command.Id}: acknowledged, then refused: {answer.Status} {answer.Body}";
            }
            IsRefused |= answer.IsRefused && Acknowledged is null;
            return null;
        }
    }
}

/// <summary>All that a scenario sent: the auditor's own memory of what was acknowledged.</summary>
public sealed class Ledger
{
    readonly ConcurrentDictionary<Guid, SentCommand> _sent = new();

    /// <summary>Answers that contradict each other.</summary>
    public ConcurrentBag<string> Contradictions { get; } = [];

    public ICollection<SentCommand> All => _sent.Values;

    public IEnumerable<SentCommand> Open => _sent.Values.Where(sent => sent.IsOpen);

    public SentCommand Add(Command command) => _sent.GetOrAdd(command.Id, _ => new SentCommand(command));

    public void Note(SentCommand sent, Answer answer, bool wasAcknowledgedBefore)
    {
        if (sent.Note(answer, wasAcknowledgedBefore) is { } contradiction)
        {
            Contradictions.Add(contradiction);
        }
    }

    /// <summary>The acknowledged commands with an effect of this kind.</summary>
    public IEnumerable<(Command Command, T Effect)> Acknowledged<T>() => _sent.Values
        .Where(sent => sent.Acknowledged is not null && sent.Command.Effect is T)
        .Select(sent => (sent.Command, (T)sent.Command.Effect));
}
