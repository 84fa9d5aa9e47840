namespace Akka.Hosting;

public class ActorRegistryException : Exception
{
    public ActorRegistryException(string message) : base(message)
    {
    }

    public ActorRegistryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A key was registered a second time.</summary>
public sealed class DuplicateActorRegistryException : ActorRegistryException
{
    public DuplicateActorRegistryException(string message) : base(message)
    {
    }

    public DuplicateActorRegistryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A key was asked for that nothing is registered under.</summary>
public sealed class MissingActorRegistryEntryException : ActorRegistryException
{
    public MissingActorRegistryEntryException(string message) : base(message)
    {
    }

    public MissingActorRegistryEntryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
