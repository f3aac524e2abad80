"""The commonest given and family names of several languages: what lets contents tell the two apart without a header."""

from typing import Final

GIVEN: Final = frozenset(
    """james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
    steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric
    jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry
    tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy harold keith christian roger noah
    gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan
    juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny mary patricia jennifer linda
    elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle
    carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda
    pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth
    julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline
    martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber
    doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori harry oliver
    charlie oscar alfie freddie archie leo lewis harrison edwin alfred ernest herbert frederick francis hugh edmund
    reginald percy cecil sidney walter archibald lily ella mia poppy jessie chloe lucy sophie amelia freya ruby daisy
    isabelle joshua lachlan jackson liam riley cooper jasmine zoe georgia bailey harrison connor caitlin brianna emiily
    hans peter klaus wolfgang jürgen günter monika ursula renate helga sabine petra jean pierre michel andré philippe
    nathalie isabelle sylvie catherine josé antonio manuel francisco carlos maría carmen ana isabel giuseppe giovanni
    mario luigi franca rosa jan piet kees willem anna ivan sergei dmitri olga natalia mohammed ahmed ali fatima wei li ming
    amelia evie isla ava jayden mason ellie megan holly bethany katie leah molly dylan callum cameron ben sam joseph
    scarlett gracie max toby luke rhys owen edith florence agnes ada constance caroline harriet jane""".split()
)

FAMILY: Final = frozenset(
    """smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson
    thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young
    allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts
    gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez
    ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james
    bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins
    perry russell sullivan bell coleman butler henderson barnes gonzales fisher vasquez simmons romero jordan patterson
    alexander hamilton graham reynolds griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina
    aguilar stevens murray ford castro marshall owens harrison fernandez mcdonald woods washington kennedy wells vargas
    henry chen freeman webb tucker guzman burns crawford olson simpson porter hunter gordon mendez silva shaw snyder mason
    dixon munoz hunt hicks holmes palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice
    schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer hawkins
    davies clarke patel walsh lloyd chapman knight barker thomson pearson mccarthy baronet müller schneider fischer weber
    becker schulz hoffmann bauer koch richter klein wolf schröder neumann schwarz zimmermann dubois durand leroy moreau
    laurent lefebvre bernard petit rossi russo ferrari esposito bianchi romano de jong jansen bakker visser smit ivanov
    petrov kowalski nowak wang zhang liu yang huang zhao wu zhou singh kumar khan ali ahmed""".split()
)

TITLES: Final = frozenset("mr mrs ms miss mx dr prof herr frau mme mlle sr sra srta sig dhr rev sir".split())
STREET_WORDS: Final = frozenset(
    """street st str road rd avenue ave av lane ln drive dr court ct place pl boulevard blvd way terrace ter circle cir
    crescent cres close parkway pkwy highway hwy square sq trail trl row walk grove gardens hill green mews loop pike
    strasse straße weg platz gasse allee ring rue chemin impasse calle avenida plaza via viale corso piazza straat laan
    plein rua circuit parade esplanade alley crossing center ctr run path pass mount glen junction crossroad landing
    divide causeway""".split()
)
