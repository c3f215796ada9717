<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>Chooser</name>
    <message>
        <source>Recorded values</source>
        <translation>Valeurs enregistrées</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search the recorded values</source>
        <translation>Rechercher parmi les valeurs enregistrées</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Lecture de l’historique…</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>Rien n’est encore enregistré</translation>
    </message>
    <message>
        <source>Values appear here a few seconds after the first device has answered.</source>
        <translation>Les valeurs apparaissent ici quelques secondes après la première réponse d’un appareil.</translation>
    </message>
    <message>
        <source>1 curve</source>
        <translation>1 courbe</translation>
    </message>
    <message>
        <source>{0} curves</source>
        <translation>{0} courbes</translation>
    </message>
</context>
<context>
    <name>CurveTable</name>
    <message>
        <source>Curve</source>
        <translation>Courbe</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>B − A</source>
        <translation>B − A</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>Min</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>Max</translation>
    </message>
</context>
<context>
    <name>DayCard</name>
    <message>
        <source>Reading the history…</source>
        <translation>Lecture de l’historique…</translation>
    </message>
    <message>
        <source>Back in time</source>
        <translation>Remonter le temps</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Solar production and consumption</source>
        <translation>Production solaire et consommation</translation>
    </message>
    <message>
        <source>Solar</source>
        <translation>Solaire</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Maison</translation>
    </message>
    <message>
        <source>Nothing was recorded then.</source>
        <translation>Rien n’a été enregistré à cette période.</translation>
    </message>
    <message>
        <source>Nothing recorded yet. The curve begins after the first minutes.</source>
        <translation>Rien d’enregistré pour l’instant. La courbe commence après les premières minutes.</translation>
    </message>
    <message>
        <source>live</source>
        <translation>en direct</translation>
    </message>
    <message>
        <source>The history cannot be read ({0}). Live values go on; this is tried again in a minute.</source>
        <translation>L’historique est illisible ({0}). Les valeurs en direct continuent ; nouvel essai dans une minute.</translation>
    </message>
    <message>
        <source>recorded since {0}</source>
        <translation>enregistré depuis {0}</translation>
    </message>
</context>
<context>
    <name>DevicePanel</name>
    <message>
        <source>computed by this PC</source>
        <translation>calculé par ce PC</translation>
    </message>
    <message>
        <source>Values of the whole site, from all its devices</source>
        <translation>Valeurs de tout le site, tirées de tous ses appareils</translation>
    </message>
    <message>
        <source>{0} dead</source>
        <translation>{0} sans réponse</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Read every group once, those on demand too</source>
        <translation>Lire chaque groupe une fois, y compris ceux à la demande</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Reconnecter</translation>
    </message>
    <message>
        <source>Close the link of this device and open it again at once</source>
        <translation>Fermer la liaison de cet appareil et la rouvrir aussitôt</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Save every point of this device as CSV</source>
        <translation>Enregistrer tous les points de cet appareil en CSV</translation>
    </message>
    <message>
        <source>Filter by name, group or register</source>
        <translation>Filtrer par nom, groupe ou registre</translation>
    </message>
    <message>
        <source>Filter the points</source>
        <translation>Filtrer les points</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Courbe</translation>
    </message>
    <message>
        <source>Draw the selected values in the history</source>
        <translation>Tracer les valeurs choisies dans l’historique</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Register, words, factor and frame of the chosen value</source>
        <translation>Registre, mots, facteur et trame de la valeur choisie</translation>
    </message>
    <message>
        <source>This device has no points</source>
        <translation>Cet appareil n’a aucun point</translation>
    </message>
    <message>
        <source>Its profile could not be read.</source>
        <translation>Son profil n’a pas pu être lu.</translation>
    </message>
    <message>
        <source>Points of the device</source>
        <translation>Points de l’appareil</translation>
    </message>
    <message>
        <source>last answer {0}</source>
        <translation>dernière réponse {0}</translation>
    </message>
    <message>
        <source>address {0}</source>
        <translation>adresse {0}</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>pas encore de réponse</translation>
    </message>
    <message>
        <source>{0} of {1} points</source>
        <translation>{0} points sur {1}</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0} points</translation>
    </message>
    <message>
        <source>Export the points</source>
        <translation>Exporter les points</translation>
    </message>
    <message>
        <source>Could not write {0}: {1}</source>
        <translation>Impossible d’écrire {0} : {1}</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Links and devices</source>
        <translation>Liaisons et appareils</translation>
    </message>
    <message>
        <source>Reconnect the link</source>
        <translation>Reconnecter la liaison</translation>
    </message>
    <message>
        <source>Read every group now</source>
        <translation>Lire tous les groupes maintenant</translation>
    </message>
</context>
<context>
    <name>FlowCard</name>
    <message>
        <source>Hold</source>
        <translation>Figer</translation>
    </message>
    <message>
        <source>Keep this picture as it is; the recording goes on</source>
        <translation>Garder cette image telle quelle ; l’enregistrement continue</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Held at {0}</source>
        <translation>Figé à {0}</translation>
    </message>
    <message>
        <source>Backup (EPS): the grid is down</source>
        <translation>Secours (EPS) : réseau coupé</translation>
    </message>
    <message>
        <source>Old values: {0}</source>
        <translation>Valeurs anciennes : {0}</translation>
    </message>
</context>
<context>
    <name>FlowDiagram</name>
    <message>
        <source>Power flows</source>
        <translation>Flux de puissance</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>The history could not be read: {0}</source>
        <translation>L’historique n’a pas pu être lu : {0}</translation>
    </message>
    <message>
        <source>No value in this period</source>
        <translation>Aucune valeur sur cette période</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Lecture de l’historique…</translation>
    </message>
    <message>
        <source>One bar per hour</source>
        <translation>Une barre par heure</translation>
    </message>
    <message>
        <source>One bar per day</source>
        <translation>Une barre par jour</translation>
    </message>
    <message>
        <source>One bar per month</source>
        <translation>Une barre par mois</translation>
    </message>
    <message>
        <source>One bar per year</source>
        <translation>Une barre par an</translation>
    </message>
    <message>
        <source>{0} Acquisition goes on; what is read now is still shown.</source>
        <translation>{0} L’acquisition continue ; ce qui est lu maintenant reste affiché.</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>L’historique n’a pas pu être lu</translation>
    </message>
    <message>
        <source>No curve chosen</source>
        <translation>Aucune courbe choisie</translation>
    </message>
    <message>
        <source>Tick the values to draw in the list on the left.</source>
        <translation>Cochez les valeurs à tracer dans la liste de gauche.</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>Rien n’est encore enregistré</translation>
    </message>
</context>
<context>
    <name>LinkTree</name>
    <message>
        <source>computed by this PC</source>
        <translation>calculé par ce PC</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>calculé</translation>
    </message>
    <message>
        <source>next try in {0}</source>
        <translation>nouvel essai dans {0}</translation>
    </message>
    <message>
        <source>{0} busy</source>
        <translation>occupée à {0}</translation>
    </message>
    <message>
        <source>{0} requests, {1} answered</source>
        <translation>{0} demandes, {1} réponses</translation>
    </message>
    <message>
        <source>{0} refused, {1} without answer, {2} foreign, {3} damaged, {4} reconnections</source>
        <translation>{0} refusées, {1} sans réponse, {2} étrangères, {3} abîmées, {4} reconnexions</translation>
    </message>
    <message>
        <source>address {0}</source>
        <translation>adresse {0}</translation>
    </message>
    <message>
        <source>last answer {0}</source>
        <translation>dernière réponse {0}</translation>
    </message>
    <message>
        <source>1 dead register</source>
        <translation>1 registre sans réponse</translation>
    </message>
    <message>
        <source>{0} dead registers</source>
        <translation>{0} registres sans réponse</translation>
    </message>
    <message>
        <source>Dead registers: {0}</source>
        <translation>Registres sans réponse : {0}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Three-phase</source>
        <translation>Triphasé</translation>
    </message>
    <message>
        <source>Single-phase</source>
        <translation>Monophasé</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>{0} of the {1} produced
were used on site</source>
        <translation>{0} des {1} produits
ont été utilisés sur place</translation>
    </message>
    <message>
        <source>No production yet today</source>
        <translation>Pas encore de production aujourd’hui</translation>
    </message>
    <message>
        <source>{0} of the {1} consumed
did not come from the grid</source>
        <translation>{0} des {1} consommés
ne viennent pas du réseau</translation>
    </message>
    <message>
        <source>No consumption known yet today</source>
        <translation>Consommation du jour pas encore connue</translation>
    </message>
    <message>
        <source>Self-consumption</source>
        <translation>Autoconsommation</translation>
    </message>
    <message>
        <source>Self-sufficiency</source>
        <translation>Autonomie</translation>
    </message>
    <message>
        <source>Waiting for the first values</source>
        <translation>En attente des premières valeurs</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nuit</translation>
    </message>
    <message>
        <source>last value, {0}</source>
        <translation>dernière valeur, {0}</translation>
    </message>
    <message>
        <source>live</source>
        <translation>en direct</translation>
    </message>
    <message>
        <source>backup (EPS)</source>
        <translation>secours (EPS)</translation>
    </message>
    <message>
        <source>exporting to the grid</source>
        <translation>injection sur le réseau</translation>
    </message>
    <message>
        <source>importing from the grid</source>
        <translation>soutirage du réseau</translation>
    </message>
    <message>
        <source>living on its own</source>
        <translation>autoconsommation</translation>
    </message>
</context>
<context>
    <name>PointDelegate</name>
    <message>
        <source>inferred</source>
        <translation>déduit</translation>
    </message>
</context>
<context>
    <name>PointTree</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>once a connection</source>
        <translation>une fois par connexion</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autres</translation>
    </message>
    <message>
        <source>Inferred: the maker does not document this meaning. Confirm it on site.</source>
        <translation>Déduit : le fabricant ne documente pas cette signification. À confirmer sur place.</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Hour</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Période</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Follow the newest values at the right edge</source>
        <translation>Suivre les dernières valeurs au bord droit</translation>
    </message>
    <message>
        <source>Cursors</source>
        <translation>Curseurs</translation>
    </message>
    <message>
        <source>Two cursors to drag: values, difference and what lies between</source>
        <translation>Deux curseurs à déplacer : valeurs, différence et ce qui se trouve entre les deux</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Values shown, CSV…</source>
        <translation>Valeurs affichées, CSV…</translation>
    </message>
    <message>
        <source>Picture, PNG…</source>
        <translation>Image, PNG…</translation>
    </message>
    <message>
        <source>Counters: energy per period</source>
        <translation>Compteurs : énergie par période</translation>
    </message>
    <message>
        <source>Counters: power</source>
        <translation>Compteurs : puissance</translation>
    </message>
    <message>
        <source>Counters: reading</source>
        <translation>Compteurs : index</translation>
    </message>
    <message>
        <source>How counters are drawn</source>
        <translation>Tracé des compteurs</translation>
    </message>
</context>
<context>
    <name>TracePanel</name>
    <message>
        <source>Hold</source>
        <translation>Figer</translation>
    </message>
    <message>
        <source>Keep this exchange on the screen</source>
        <translation>Garder cet échange à l’écran</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Choose a value above to see where it comes from.</source>
        <translation>Choisissez une valeur ci-dessus pour voir d’où elle vient.</translation>
    </message>
    <message>
        <source>The frame has left the memory; the newest 2000 exchanges of each link are kept.</source>
        <translation>La trame n’est plus en mémoire ; les 2000 derniers échanges de chaque liaison sont gardés.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>Something in the window went wrong.</source>
        <translation>Un problème est survenu dans la fenêtre.</translation>
    </message>
    <message>
        <source>Acquisition and recording go on. What you were looking at may be incomplete; open the page again. If it comes back, send the details below to those who maintain Wattelier.</source>
        <translation>L’acquisition et l’enregistrement continuent. Ce que vous regardiez est peut-être incomplet ; rouvrez la page. Si cela se reproduit, envoyez les détails ci-dessous à ceux qui maintiennent Wattelier.</translation>
    </message>
</context>
<context>
    <name>devices</name>
    <message>
        <source>Balance of the site</source>
        <translation>Bilan du site</translation>
    </message>
</context>
<context>
    <name>energies</name>
    <message>
        <source>Produced</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>Consumed</source>
        <translation>Consommé</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Injecté</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Soutiré</translation>
    </message>
    <message>
        <source>Battery charged</source>
        <translation>Batterie chargée</translation>
    </message>
    <message>
        <source>Battery discharged</source>
        <translation>Batterie déchargée</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Véhicules</translation>
    </message>
    <message>
        <source>The device&apos;s own counter of the day</source>
        <translation>Compteur journalier de l’appareil</translation>
    </message>
    <message>
        <source>Difference of a lifetime counter since midnight</source>
        <translation>Différence d’un compteur total depuis minuit</translation>
    </message>
    <message>
        <source>What came in less what went out</source>
        <translation>Ce qui est entré moins ce qui est sorti</translation>
    </message>
    <message>
        <source>Power added up since {0}</source>
        <translation>Puissance cumulée depuis {0}</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Pas encore connu</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
</context>
<context>
    <name>flows</name>
    <message>
        <source>Grid outage</source>
        <translation>Réseau coupé</translation>
    </message>
    <message>
        <source>Unexplained</source>
        <translation>Inexpliqué</translation>
    </message>
    <message>
        <source>Waiting for the first values</source>
        <translation>En attente des premières valeurs</translation>
    </message>
    <message>
        <source>{0} unexplained</source>
        <translation>{0} inexpliqués</translation>
    </message>
    <message>
        <source>Balanced within {0}</source>
        <translation>Bilan équilibré à {0} près</translation>
    </message>
    <message>
        <source>Balance not known yet</source>
        <translation>Bilan pas encore connu</translation>
    </message>
    <message>
        <source>House computed from the rest</source>
        <translation>Maison déduite du reste</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>pas de valeur</translation>
    </message>
    <message>
        <source>last value, {0}</source>
        <translation>dernière valeur, {0}</translation>
    </message>
    <message>
        <source>Solar</source>
        <translation>Solaire</translation>
    </message>
    <message>
        <source>at rest</source>
        <translation>au repos</translation>
    </message>
    <message>
        <source>production</source>
        <translation>production</translation>
    </message>
    <message>
        <source>{0} today</source>
        <translation>{0} aujourd’hui</translation>
    </message>
    <message>
        <source>outage</source>
        <translation>coupure</translation>
    </message>
    <message>
        <source>export</source>
        <translation>injection</translation>
    </message>
    <message>
        <source>import</source>
        <translation>soutirage</translation>
    </message>
    <message>
        <source>imported {0}</source>
        <translation>soutiré {0}</translation>
    </message>
    <message>
        <source>exported {0}</source>
        <translation>injecté {0}</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>discharging</source>
        <translation>décharge</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>charge</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>Batterie</translation>
    </message>
    <message>
        <source>{0} charged today</source>
        <translation>{0} chargés aujourd’hui</translation>
    </message>
    <message>
        <source>solar</source>
        <translation>solaire</translation>
    </message>
    <message>
        <source>battery</source>
        <translation>batterie</translation>
    </message>
    <message>
        <source>grid</source>
        <translation>réseau</translation>
    </message>
    <message>
        <source>vehicle</source>
        <translation>véhicule</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Maison</translation>
    </message>
    <message>
        <source>consumed</source>
        <translation>consommés</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>calculée</translation>
    </message>
    <message>
        <source>car charging</source>
        <translation>recharge</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Véhicules</translation>
    </message>
    <message>
        <source>{0} others {1}</source>
        <translation>{0} autres {1}</translation>
    </message>
</context>
<context>
    <name>formatting</name>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>d</source>
        <translation>j</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>{0} ago</source>
        <translation>il y a {0}</translation>
    </message>
    <message>
        <source>B</source>
        <translation>o</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>ko</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>{0}:00</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Export the values</source>
        <translation>Exporter les valeurs</translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation>Exporter l’image</translation>
    </message>
    <message>
        <source>the file cannot be written</source>
        <translation>le fichier ne peut pas être écrit</translation>
    </message>
    <message>
        <source>Nothing was saved</source>
        <translation>Rien n’a été enregistré</translation>
    </message>
    <message>
        <source>{0} could not be written: {1}. Choose another folder, or free some space.</source>
        <translation>{0} n’a pas pu être écrit : {1}. Choisissez un autre dossier, ou libérez de la place.</translation>
    </message>
</context>
<context>
    <name>origin</name>
    <message>
        <source>{0} · {1}: {2}</source>
        <translation>{0} · {1} : {2}</translation>
    </message>
    <message>
        <source>computed by Wattelier</source>
        <translation>calculé par Wattelier</translation>
    </message>
    <message>
        <source>register 0x{0:04X}</source>
        <translation>registre 0x{0:04X}</translation>
    </message>
    <message>
        <source>raw {0}</source>
        <translation>brut {0}</translation>
    </message>
    <message>
        <source>scale × {0}</source>
        <translation>échelle × {0}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} de plus</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Overview</source>
        <translation>Vue d’ensemble</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>Every link, every device, every register</source>
        <translation>Chaque liaison, chaque appareil, chaque registre</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Any value over any time, from seconds to years</source>
        <translation>Toute valeur sur toute durée, de la seconde à l’année</translation>
    </message>
</context>
<context>
    <name>shell</name>
    <message>
        <source>{0} of {1} links</source>
        <translation>{0} liaisons sur {1}</translation>
    </message>
    <message>
        <source>No link</source>
        <translation>Aucune liaison</translation>
    </message>
    <message>
        <source>Read only: nothing is written to the devices</source>
        <translation>Lecture seule : rien n’est écrit dans les appareils</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste élevé</translation>
    </message>
    <message>
        <source>For colour-blind eyes</source>
        <translation>Pour daltoniens</translation>
    </message>
    <message>
        <source>Moving dots</source>
        <translation>Points en mouvement</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Not recording: {0}. Live values go on; free the disk or the file, then it resumes.</source>
        <translation>Enregistrement arrêté : {0}. Les valeurs en direct continuent ; libérez le disque ou le fichier, il reprendra.</translation>
    </message>
    <message>
        <source>{0} readings lost: the disk stalled. Recording again.</source>
        <translation>{0} mesures perdues : le disque n’a pas suivi. L’enregistrement a repris.</translation>
    </message>
    <message>
        <source>Not recording: live values only</source>
        <translation>Pas d’enregistrement : valeurs en direct seulement</translation>
    </message>
    <message>
        <source>Recording, {0} steps</source>
        <translation>Enregistre, pas de {0}</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0} points</translation>
    </message>
    <message>
        <source>{0} a day</source>
        <translation>{0} par jour</translation>
    </message>
    <message>
        <source>off</source>
        <translation>arrêtée</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>connexion en cours</translation>
    </message>
    <message>
        <source>up</source>
        <translation>en service</translation>
    </message>
    <message>
        <source>down, being tried again</source>
        <translation>coupée, nouvel essai en cours</translation>
    </message>
</context>
<context>
    <name>trace</name>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>computed by this PC</source>
        <translation>calculé par ce PC</translation>
    </message>
    <message>
        <source>Words, hex</source>
        <translation>Mots, hexadécimal</translation>
    </message>
    <message>
        <source>Words, decimal</source>
        <translation>Mots, décimal</translation>
    </message>
    <message>
        <source>(found among {0})</source>
        <translation>(trouvé parmi {0})</translation>
    </message>
    <message>
        <source>Factor used</source>
        <translation>Facteur appliqué</translation>
    </message>
    <message>
        <source>Factor from</source>
        <translation>Facteur tiré de</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Décalage</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>Décodage</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Point</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Asked at</source>
        <translation>Demandé à l’adresse</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Fonction</translation>
    </message>
    <message>
        <source>Link, address</source>
        <translation>Liaison, adresse</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Plausible</source>
        <translation>Plage plausible</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Signification</translation>
    </message>
    <message>
        <source>inferred, to be confirmed on site</source>
        <translation>déduite, à confirmer sur place</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>{0} in {1} ms</source>
        <translation>{0} en {1} ms</translation>
    </message>
    <message>
        <source>Frame {0}</source>
        <translation>Trame {0}</translation>
    </message>
    <message>
        <source>coil</source>
        <translation>bobine (coil)</translation>
    </message>
    <message>
        <source>discrete input</source>
        <translation>entrée TOR</translation>
    </message>
    <message>
        <source>holding register</source>
        <translation>registre de maintien</translation>
    </message>
    <message>
        <source>input register</source>
        <translation>registre d’entrée</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>area, layout not published</source>
        <translation>zone, structure non publiée</translation>
    </message>
    <message>
        <source>none set</source>
        <translation>aucun actif</translation>
    </message>
    <message>
        <source>code {0}, not in the map</source>
        <translation>code {0}, absent de la table</translation>
    </message>
    <message>
        <source>bit {0}, not in the map</source>
        <translation>bit {0}, absent de la table</translation>
    </message>
    <message>
        <source>never read</source>
        <translation>jamais lu</translation>
    </message>
    <message>
        <source>on demand</source>
        <translation>à la demande</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bonne</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>périmée</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>mauvaise</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnue</translation>
    </message>
    <message>
        <source>{0} asked</source>
        <translation>{0} demandé</translation>
    </message>
    <message>
        <source>{0}, {1} achieved</source>
        <translation>{0}, {1} obtenu</translation>
    </message>
    <message>
        <source>off</source>
        <translation>arrêtée</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>connexion en cours</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>connectée</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>coupée</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>pas encore de réponse</translation>
    </message>
    <message>
        <source>online</source>
        <translation>en ligne</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>muet</translation>
    </message>
    <message>
        <source>set-up fault</source>
        <translation>défaut de configuration</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>réponse reçue</translation>
    </message>
    <message>
        <source>refused by the device</source>
        <translation>refusé par l’appareil</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>answer to another question</source>
        <translation>réponse à une autre demande</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>trame abîmée</translation>
    </message>
    <message>
        <source>link down</source>
        <translation>liaison coupée</translation>
    </message>
</context>
</TS>
