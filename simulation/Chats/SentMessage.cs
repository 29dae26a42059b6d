using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>A message a bot sent or edited.</summary>
/// <param name="Method">sendMessage, copyMessage, editMessageText …</param>
/// <param name="Timestamp">Of the simulation's clock (<see cref="TimeProvider.GetTimestamp"/>), taken when the call had been carried out.</param>
public sealed record SentMessage(long Bot, string Method, Message Message, long Timestamp);

/// <summary>An update whose webhook answered 2xx.</summary>
/// <param name="Started">Timestamp of the successful try, of the simulation's clock.</param>
/// <param name="Acknowledged">Timestamp of the answer.</param>
public sealed record DeliveredUpdate(long Bot, long UpdateId, long Started, long Acknowledged);
