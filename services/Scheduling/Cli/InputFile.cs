using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Files;

namespace Mes.Scheduling.Cli;

/// <summary>The file that a call names, with what the call says of it.</summary>
static class InputFile
{
    /// <summary>The model of a file, with the objective and due dates of the call.</summary>
    public static SchedulingModel Read(Arguments arguments, string file, Session session, out bool isModelFile)
    {
        var text = file != "-" ? File.ReadAllText(file)
            : arguments.Has("stream") ? session.Input.ReadLine() ?? "" // what follows belongs to the parent process
            : session.Input.ReadToEnd();
        var model = InstanceFile.Parse(text, file, arguments.Option("format", InstanceFile.Formats), out isModelFile);
        var objective = arguments.Option("objective", ["makespan", "twt"]);
        if (arguments.Option("due") is { } due) model = DueFile.Apply(model, due);
        if (objective == "twt" && model.Jobs.All(job => job.DueSeconds is null))
            session.Error.WriteLine("No job has a due date, so none can be late. Give the dates with --due FILE.");
        if (isModelFile && arguments.Option("objective") is null) return model;
        return model with { Objective = objective == "twt" ? Objective.WeightedTardiness : Objective.Makespan };
    }
}
